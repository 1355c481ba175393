import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DataFolder, SystemClient } from '@isu/isu';
import { familyProcessorMs, processorMs } from './processor.js';

const program = fileURLToPath(new URL('../../../embedded/dist/main.js', import.meta.url));
const readyWithinMs = 180_000;

interface Wanted {
  readonly folder: string;
  readonly demo: 'on' | 'off';
}

/** The whole system as `npm start` runs it, in a process of its own on a port that was free. */
export class EmbeddedProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly url: string,
    readonly readyAfterMs: number,
  ) {}

  static async start({ folder, demo }: Wanted): Promise<EmbeddedProcess> {
    const started = performance.now();
    const variables = { ISU_FOLDER: folder, ISU_DEMO: demo, ISU_PORT: '0', ISU_LOG_LEVEL: 'warn' };
    const child = spawn(process.execPath, ['--enable-source-maps', '--max-old-space-size=384', program], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      const url = await untilReady(child, folder);
      return new EmbeddedProcess(child, folder, url, performance.now() - started);
    } catch (error) {
      child.kill('SIGTERM');
      throw error;
    }
  }

  get client(): SystemClient {
    return new SystemClient(this.url);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The administrator's address of its PostgreSQL, for watching and for measuring the server by itself. */
  databaseUrl(database = 'isu'): string {
    const password = readFileSync(join(this.folder, 'postgres.secret'), 'utf8');
    return `postgres://postgres:${password}@127.0.0.1:${this.postmaster.port}/${database}`;
  }

  get postmaster(): { readonly pid: string; readonly port: string } {
    const [pid = '', , , port = ''] = readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    return { pid, port };
  }

  /** Processor time spent so far, by Node and by PostgreSQL: what a figure costs on any machine, however busy this one is. */
  get spentMs(): { readonly node: number; readonly postgres: number } {
    return { node: processorMs(this.pid), postgres: familyProcessorMs(this.postmaster.pid) };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

async function untilReady(child: ChildProcess, folder: string): Promise<string> {
  const limit = performance.now() + readyWithinMs;
  while (performance.now() < limit) {
    if (child.exitCode !== null) throw new Error(`The embedded system ended with ${String(child.exitCode)} before it was ready.`);
    const url = DataFolder.urlOf(folder);
    const answer = url ? await fetch(`${url}/health/ready`).catch(() => null) : null;
    if (url && answer?.ok) return url;
    await pause(20);
  }
  throw new Error('The embedded system was not ready in time.');
}

/** A system without people in a folder of its own, gone afterwards whatever happens. */
export async function withEmptySystem<T>(work: (system: EmbeddedProcess) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const system = await EmbeddedProcess.start({ folder, demo: 'off' });
    try {
      return await work(system);
    } finally {
      await system.stop();
    }
  });
}

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'isu-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
