import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { violations } from '@isu/ledger';
import { eventually } from '@isu/testing';
import { Collection } from '../collection.spec-kit.js';
import { findRun } from './run.table.js';

const root = process.cwd();
const accountCount = 240;
let collection: Collection;
let folder: string;
let program: string;

/** Our own packages by their sources, as specs see them; all others as they are installed. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@isu\// }, ({ path }) => ({ path: join(root, 'libs', path.slice('@isu/'.length), 'src/index.ts') }));
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, external: true }));
  },
};

beforeAll(async () => {
  collection = await Collection.start();
  // Inside the workspace, so that what is installed is found from there.
  folder = await mkdtemp(join(root, 'node_modules/.isu-killed-run-'));
  program = join(folder, 'run.mjs');
  const entry = join(root, 'services/collection/src/runs/run-in-child.spec-kit.ts');
  const decorators = JSON.stringify({ compilerOptions: { experimentalDecorators: true, target: 'es2022' } });
  await build({
    ...{ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
    ...{ plugins: [sources], tsconfigRaw: decorators },
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await collection?.close();
});

const seen = async (): Promise<number> => (await findRun(collection.fresh.db, 'regularisation', 2015))?.seen ?? 0;

/** Runs it in another process, and kills that as nothing else does: so many milliseconds after so many accounts are done. */
async function killAfter(accounts: number, ms: number): Promise<number> {
  const parameters = ['--no-warnings', program, collection.fresh.url, '2016-05-20', '2015'];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await eventually(async () => (await seen()) >= accounts || child.exitCode !== null, { withinMs: 90_000 });
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
  return seen();
}

describe('the regularisation run, in a process of its own', () => {
  it('F72 I10 killed at a random moment and begun again leaves nothing undone and does nothing twice', async () => {
    collection.on('2016-05-20');
    const data = { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' } as const;
    const accounts = Array.from({ length: accountCount }, () => collection.nextAccount());
    await collection.hear(
      'affiliation.registered.v1',
      accounts.map((account) => ({ account, data })),
    );
    const { db } = collection.fresh;
    await db.query(
      `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on)
       SELECT gen_random_uuid(), account, 0, 2015, 'declared', 26000, 'import', '2016-05-20' FROM account`,
    );

    const moment = { accounts: 3 + Math.floor(Math.random() * (accountCount / 2)), ms: Math.floor(Math.random() * 30) };
    const done = await killAfter(moment.accounts, moment.ms);
    expect({ ...moment, survived: done < accountCount }).toEqual({ ...moment, survived: true });
    const correlation = '01890000-0000-7000-8000-00000000000d';
    const { seen: reached, called } = await collection.does.runs.run('regularisation', 2015, correlation);
    expect({ ...moment, reached, called }).toEqual({ ...moment, reached: accountCount, called: accountCount });

    // 26 000 € at the rules of 2015 and of 2016, each said once, on one calendar, in one unbroken chain of numbers.
    const priced: unknown[] = await db.query(
      `SELECT account, string_agg(year || ' ' || version || ' ' || total, ', ' ORDER BY year, version) AS years
       FROM assessment GROUP BY account HAVING string_agg(year || ' ' || version || ' ' || total, ', ' ORDER BY year, version)
         = '2015 1 12016.00, 2016 1 12087.00'`,
    );
    const told: unknown[] = await db.query(
      `SELECT stream FROM fact WHERE author = 'collection' GROUP BY stream
       HAVING array_agg(type ORDER BY seq) = ARRAY['collection.account-opened.v1', 'collection.assessed.v1', 'collection.assessed.v1',
         'collection.schedule-issued.v1'] AND array_agg(seq ORDER BY seq) = ARRAY[1, 2, 3, 4]::bigint[]`,
    );
    const [sent]: { count: number }[] = await db.query(
      `SELECT count(*)::int AS count FROM outbox o JOIN fact f ON (f.stream, f.seq) = (o.stream, o.seq) AND f.author = 'collection'`,
    );
    expect({ ...moment, priced: priced.length, told: told.length, sent: sent?.count }).toEqual({
      ...{ ...moment, priced: accountCount, told: accountCount, sent: 4 * accountCount },
    });
    expect(await violations(db.manager)).toEqual([]);
  }, 150_000);
});
