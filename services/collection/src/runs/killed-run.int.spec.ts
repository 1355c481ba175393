import { violations } from '@isu/ledger';
import { Collection } from '../collection.spec-kit.js';
import { KilledProcess } from '../killed-process.spec-kit.js';
import { findRun } from './run.table.js';

const accountCount = 240;
let collection: Collection;
let program: KilledProcess;

beforeAll(async () => {
  collection = await Collection.start();
  program = await KilledProcess.of('runs/run-in-child.spec-kit.ts');
});
afterAll(async () => {
  await program?.remove();
  await collection?.close();
});

const seen = async (): Promise<number> => (await findRun(collection.fresh.db, 'regularisation', 2015))?.seen ?? 0;

/** Runs it in another process, killed so many milliseconds after so many accounts are done. */
async function killAfter(accounts: number, ms: number): Promise<number> {
  const hasComeSoFar = async (): Promise<boolean> => (await seen()) >= accounts;
  await program.run([collection.fresh.url, '2016-05-20', '2015'], { hasComeSoFar, ms });
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
