import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Author } from '@isu/contracts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const heapMb = 256;
const keptOutput = 20_000;
/** Each question costs the instance some of its database: many are asked at once while they start. */
const askEveryMs = 250;

/** Nothing that was started here outlives this process. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

interface InstanceSettings {
  readonly service: Author;
  /** 1, 2 …: its name among the instances of its service. */
  readonly rank: number;
  /** The same at each of its starts. */
  readonly port: number;
  /** Where all that it says is kept, over all its starts. */
  readonly logFile: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** One process of a service on a port of this machine, to be started, stopped, killed and started again. */
export class Instance {
  readonly name: string;
  readonly url: string;
  private child: ChildProcess | null = null;
  private leaving = false;
  private output = '';

  constructor(readonly settings: InstanceSettings) {
    this.name = `${settings.service} ${String(settings.rank)}`;
    this.url = `http://127.0.0.1:${String(settings.port)}`;
  }

  get service(): Author {
    return this.settings.service;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Running, and not about to stop: whoever shares out requests leaves it out first, as an orchestrator does. */
  get isServing(): boolean {
    return this.isRunning && !this.leaving;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** What it said last: JSON lines. */
  get lastWords(): string {
    return this.output;
  }

  /** Starts the process; it is ready some seconds later. */
  start(changes: Readonly<Record<string, string>> = {}): void {
    if (this.isRunning) return;
    const { service, port, variables, logFile } = this.settings;
    const program = join(root, 'services', service, 'dist', 'main.js');
    if (!existsSync(program)) throw new Error(`${service} is not built: npx nx run-many -t build`);
    const child = spawn(process.execPath, ['--enable-source-maps', `--max-old-space-size=${String(heapMb)}`, program], {
      env: { ...process.env, NODE_OPTIONS: '', ...variables, ISU_PORT: String(port), ISU_HOST: '127.0.0.1', ...changes },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      appendFileSync(logFile, chunk);
      this.output = (this.output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.child = child;
    this.leaving = false;
  }

  async untilReady(withinMs = 240_000): Promise<void> {
    const limit = performance.now() + withinMs;
    for (;;) {
      if (!this.isRunning) throw new Error(`${this.name} ended before it was ready:\n${this.output.slice(-4_000)}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      const said = (await answer?.text().catch(() => '')) ?? '';
      if (answer?.ok) return;
      if (performance.now() > limit) throw new Error(`${this.name} is not ready: ${said}\n${this.output.slice(-4_000)}`);
      await pause(askEveryMs);
    }
  }

  /** Ends it in good order; answers its exit code and how long it took. */
  async stop(): Promise<{ readonly code: number | null; readonly ms: number }> {
    this.leaving = true;
    const startedAt = performance.now();
    const code = await this.end('SIGTERM');
    return { code, ms: performance.now() - startedAt };
  }

  /** kill -9: nothing is said, nothing is closed. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    if (this.isRunning) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
}
