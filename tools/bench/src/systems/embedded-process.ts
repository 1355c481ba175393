import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Author } from '@isu/contracts';
import { DataFolder, SystemClient } from '@isu/isu';
import pg from 'pg';
import type { MeasuredSystem, Shares } from './measured-system.js';
import { familyMb, residentMb } from './memory.js';
import { familyProcessorMs, processorMs } from './processor.js';

const program = fileURLToPath(new URL('../../../embedded/dist/main.js', import.meta.url));
const readyWithinMs = 180_000;

interface Wanted {
  readonly folder: string;
  readonly demo: 'on' | 'off';
}

/** The whole system as `npm start` runs it, in a process of its own on a port that was free. */
export class EmbeddedProcess implements MeasuredSystem {
  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly url: string,
    readonly readyAfterMs: number,
  ) {}

  static async start({ folder, demo }: Wanted): Promise<EmbeddedProcess> {
    const started = performance.now();
    const variables = { ISU_FOLDER: folder, ISU_DEMO: demo, ISU_SIMULATED_URSSAF: 'off', ISU_PORT: '0', ISU_LOG_LEVEL: 'warn' };
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

  databaseUrl(database = 'isu'): string {
    const password = readFileSync(join(this.folder, 'postgres.secret'), 'utf8');
    return `postgres://postgres:${password}@127.0.0.1:${this.postmaster.port}/${database}`;
  }

  get postmaster(): { readonly pid: string; readonly port: string } {
    const [pid = '', , , port = ''] = readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    return { pid, port };
  }

  get spentMs(): Shares {
    return { node: processorMs(this.pid), postgres: familyProcessorMs(this.postmaster.pid), broker: 0 };
  }

  get memoryMb(): Shares {
    return { node: residentMb(this.pid), postgres: familyMb(this.postmaster.pid), broker: 0 };
  }

  /** One process for all. */
  pidsOf(): readonly number[] {
    return [this.pid];
  }

  stopService(service: Author): Promise<void> {
    return this.turn(service, 'stop');
  }

  startService(service: Author): Promise<void> {
    return this.turn(service, 'start');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  private async turn(service: Author, act: 'stop' | 'start'): Promise<void> {
    const address = `${this.url}/demonstration/services/${service}/${act}`;
    const { status } = await fetch(address, { method: 'POST', headers: { 'isu-demonstration': '1' } });
    if (status !== 204) throw new Error(`${service} did not ${act}: ${String(status)}`);
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

interface EmptySystem {
  /** Whether its PostgreSQL keeps the instant of each commit. */
  readonly keepsCommitTimes?: boolean;
}

/** A system without people in a folder of its own, gone afterwards whatever happens. */
export async function withEmptySystem<T>(work: (system: EmbeddedProcess) => Promise<T>, wanted: EmptySystem = {}): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    if (wanted.keepsCommitTimes) await keepCommitTimes(folder);
    const system = await EmbeddedProcess.start({ folder, demo: 'off' });
    try {
      return await work(system);
    } finally {
      await system.stop();
    }
  });
}

/** PostgreSQL takes the setting when it starts, and the system makes its PostgreSQL: so once for that, and again. */
async function keepCommitTimes(folder: string): Promise<void> {
  const system = await EmbeddedProcess.start({ folder, demo: 'off' });
  try {
    const client = new pg.Client(system.databaseUrl());
    await client.connect();
    await client.query('ALTER SYSTEM SET track_commit_timestamp = on').finally(() => client.end());
  } finally {
    await system.stop();
  }
}

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'isu-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
