import { canonicalJson, topicOf, type FactData } from '@isu/contracts';
import { violations } from '@isu/ledger';
import { busMigrations, EmbeddedBus, partitionCount } from '@isu/messaging';
import { freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { Collection } from '../collection.spec-kit.js';
import { KilledProcess } from '../killed-process.spec-kit.js';

const accountCount = 150;
let collection: Collection;
let ofBus: FreshDatabase;
let program: KilledProcess;

beforeAll(async () => {
  [collection, ofBus, program] = await Promise.all([
    Collection.start(),
    freshDatabase(busMigrations, { schema: 'bus' }),
    KilledProcess.of('incomes/declarations-in-child.spec-kit.ts'),
  ]);
});
afterAll(async () => {
  await program?.remove();
  await collection?.close();
  await ofBus?.close();
});

/** Whose declaration has been taken. */
async function taken(): Promise<number> {
  const [row]: { count: number }[] = await collection.fresh.db.query('SELECT count(*)::int AS count FROM income');
  return row?.count ?? 0;
}

/** What net-entreprises heard of people, on the bus as urssaf-sync sends it. */
async function send(accounts: readonly string[]): Promise<void> {
  const { clock } = collection;
  const bus = await EmbeddedBus.open({ connection: { connectionString: ofBus.url }, clock, log: silentLogger });
  const topic = topicOf('urssaf-sync');
  await bus.ensureTopics([{ topic, partitions: partitionCount }]);
  const declared = { year: 2015, amount: '26000', kind: 'declared', receivedOn: '2016-05-20' } as const;
  const facts = accounts.map((account) => {
    const data: FactData<'urssaf-sync.income-received.v1'> = { ...declared, declarationId: `DSI-${account}-2015` };
    return collection.written('urssaf-sync.income-received.v1', account, data);
  });
  await bus.publish(facts.map((fact) => ({ topic, key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) })));
  await bus.close();
}

describe('the regularisation of what people declared, in an instance of its own', () => {
  it('F72 I10 killed three times at random moments and begun again leaves nobody out and regularises nobody twice', async () => {
    collection.on('2016-05-20');
    const data = { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' } as const;
    const accounts = Array.from({ length: accountCount }, () => collection.nextAccount());
    await collection.hear(
      'affiliation.registered.v1',
      accounts.map((account) => ({ account, data })),
    );
    await send(accounts);

    const parameters = [collection.fresh.url, ofBus.url, '2016-05-20'];
    const moments = [];
    for (const part of [1, 2, 3]) {
      const moment = { enough: Math.ceil((accountCount / 4) * (part - Math.random())), ms: Math.floor(Math.random() * 30), reached: 0 };
      await program.run(parameters, { hasComeSoFar: async () => (await taken()) >= moment.enough, ms: moment.ms });
      moments.push({ ...moment, reached: await taken() });
    }
    expect({ moments, survived: moments.some(({ reached }) => reached < accountCount) }).toEqual({ moments, survived: true });
    // What was on its way when the last one was killed is delivered again; it may come twice as well.
    await program.run(parameters, { hasComeSoFar: async () => (await taken()) >= accountCount, ms: 500 });

    // 26 000 € at the rules of 2015 and of 2016, each said once, on one calendar, in one unbroken chain of numbers.
    const { db } = collection.fresh;
    const [found]: Record<string, number>[] = await db.query(
      `SELECT
         (SELECT count(*)::int FROM (SELECT account FROM assessment GROUP BY account
           HAVING string_agg(year || ' ' || version || ' ' || stage || ' ' || total, ', ' ORDER BY year, version)
             = '2015 1 definitive 12016.00, 2016 1 adjusted 12087.00') once) AS priced,
         (SELECT count(*)::int FROM (SELECT stream FROM fact WHERE author = 'collection' GROUP BY stream
           HAVING array_agg(type ORDER BY seq) = ARRAY['collection.account-opened.v1', 'collection.income-recorded.v1',
               'collection.assessed.v1', 'collection.assessed.v1', 'collection.schedule-issued.v1']
             AND array_agg(seq ORDER BY seq) = ARRAY[1, 2, 3, 4, 5]::bigint[]) once) AS told,
         (SELECT count(*)::int FROM fact WHERE author = 'urssaf-sync') AS heard,
         (SELECT count(*)::int FROM outbox o JOIN fact f ON (f.stream, f.seq) = (o.stream, o.seq) AND f.author = 'collection') AS sent`,
    );
    const expected = { priced: accountCount, told: accountCount, heard: accountCount, sent: 5 * accountCount };
    expect({ moments, ...found }).toEqual({ moments, ...expected });
    expect(await violations(db.manager)).toEqual([]);
  }, 150_000);
});
