import { execFile } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import pg from 'pg';
import { from } from 'pg-copy-streams';

const run = promisify(execFile);
const seconds = '10';

/** Rows a second that this PostgreSQL takes by COPY into a bare table: as fast as lines can enter at all. */
export async function copyPerSecond(databaseUrl: string, lines: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('CREATE TABLE public.bench_copy (line text NOT NULL)');
    const start = performance.now();
    await pipeline(Readable.from(inBlocks(lines)), client.query(from('COPY public.bench_copy FROM STDIN')));
    const perSecond = (lines.length * 1_000) / (performance.now() - start);
    await client.query('DROP TABLE public.bench_copy');
    return perSecond;
  } finally {
    await client.end();
  }
}

function* inBlocks(lines: readonly string[]): Generator<string> {
  for (let start = 0; start < lines.length; start += 1_000) yield `${lines.slice(start, start + 1_000).join('\n')}\n`;
}

/** Transactions a second of pgbench's own bank (one posting each, scale 10) on the same server; null where it is not installed. */
export async function pgbenchPerSecond(serverUrl: (database: string) => string): Promise<number | null> {
  const administrator = new pg.Client({ connectionString: serverUrl('postgres') });
  await administrator.connect();
  try {
    await administrator.query('CREATE DATABASE pgbench');
    await run('pgbench', ['-i', '-q', '-s', '10', serverUrl('pgbench')]);
    const { stdout } = await run('pgbench', ['-c', '8', '-j', '2', '-T', seconds, serverUrl('pgbench')]);
    return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1] ?? Number.NaN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await administrator.query('DROP DATABASE IF EXISTS pgbench WITH (FORCE)');
    await administrator.end();
  }
}
