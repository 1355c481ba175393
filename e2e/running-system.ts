import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@isu/testing';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'tools', 'embedded', 'dist', 'main.js');

interface StartOptions {
  /** Data folder; a fresh temporary one by default. */
  readonly folder?: string;
  readonly demo?: 'on' | 'off';
  readonly today?: string;
  /** The simulated Urssaf beside it, which sends what it is told to and nothing else. */
  readonly partner?: 'by-hand' | 'off';
}

/** The embedded system as a person starts it: a process of its own, on a folder and a free port. */
export class RunningSystem {
  private constructor(
    readonly folder: string,
    /** Of the system, and of the simulated Urssaf beside it. */
    private readonly addresses: { readonly url: string; readonly partnerUrl: string },
    readonly secondsToReady: number,
    private readonly child: ChildProcess,
  ) {}

  get url(): string {
    return this.addresses.url;
  }

  get partnerUrl(): string {
    return this.addresses.partnerUrl;
  }

  static async start({
    folder = mkdtempSync(join(tmpdir(), 'isu-e2e-')),
    demo = 'off',
    today = '2016-05-20',
    partner = 'off',
  }: StartOptions = {}): Promise<RunningSystem> {
    if (!existsSync(program)) throw new Error('The embedded system is not built: npx nx run-many -t build');
    const started = performance.now();
    const env = {
      ...process.env,
      // Relative, as the folder of a plain `npm start` is.
      ISU_FOLDER: relative(root, folder),
      ISU_PORT: '0',
      ISU_DEMO: demo,
      ISU_TODAY: today,
      ISU_SIMULATED_URSSAF: partner,
      ISU_LOG_LEVEL: 'warn',
    };
    const child = spawn(process.execPath, ['--enable-source-maps', '--max-old-space-size=384', program], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const url = await new Promise<string>((resolve, reject) => {
      const look = () => {
        const address = /est prêt en [\d.]+ s : (\S+)/.exec(output)?.[1];
        if (address) resolve(address);
      };
      child.stdout.on('data', look);
      child.once('exit', (code) => reject(new Error(`The system ended with ${String(code)} before it was ready:\n${output.slice(-4000)}`)));
    });
    // Said in the same breath as the address: the partner started first.
    await eventually(() => Promise.resolve(partner === 'off' || /arrêter/.test(output)));
    const partnerUrl = /Urssaf simulée\s+(\S+)/.exec(output)?.[1] ?? '';
    return new RunningSystem(folder, { url, partnerUrl }, (performance.now() - started) / 1000, child);
  }

  /** A kill -9 in mid-work: nothing is said, nothing is closed. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended();
  }

  /** Ctrl-C. Answers the exit code. */
  async interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.ended();
  }

  async remove(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.interrupt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    return new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }
}
