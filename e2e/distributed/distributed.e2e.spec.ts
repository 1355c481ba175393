import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authors, type Author, type FactDraft } from '@isu/contracts';
import { affiliateTraders, DistributedSystem, withDatabase, type Instance } from '@isu/distributed';
import { SystemClient } from '@isu/isu';
import { BrokerHands } from '@isu/kafka';
import { FactStore } from '@isu/messaging';
import { eventually, FakeClock } from '@isu/testing';
import { Money } from '@isu/values';
import { DataSource } from 'typeorm';
import { national } from '../two-people.js';
import { Books, viewers } from './books.js';
import { seededRandom } from './seeded.js';
import { Turmoil } from './turmoil.js';
import { PatientUrssaf } from './urssaf.js';

const seed = Number(process.env['ISU_SEED'] ?? '20160520');
const payments = Number(process.env['ISU_E2E_PAYMENTS'] ?? '20000');
const people = 150;
const linesABatch = 500;
const kills = 12;

interface View {
  readonly vector: Record<string, number>;
  readonly fingerprint: string;
  readonly book: { readonly payments: readonly { state: string; amount: string }[]; readonly balance: { inTransit: string } };
}

/** Stories of one system that is never taken down in between: each begins where the one before it ended. */
describe(`four services, two processes each, on Kafka and two databases (seed ${String(seed)})`, () => {
  const postgresUrl = process.env['ISU_TEST_POSTGRES_URL'] ?? '';
  const mark = randomUUID().slice(0, 8);
  // The two organisations need not share a server: here, not even a database.
  const databaseOf = (service: Author): string => (service === 'urssaf-sync' ? `isu_e2e_${mark}_urssaf` : `isu_e2e_${mark}_rsi`);
  let system: DistributedSystem;
  let client: SystemClient;
  let books: Books;
  let accounts: string[];
  let urssaf: PatientUrssaf;
  const folder = mkdtempSync(join(tmpdir(), 'isu-distributed-'));
  const random = seededRandom(seed);

  const drained = (withinMs: number): Promise<boolean> =>
    eventually(
      async () => {
        const left = await books.underWay();
        if (left.length > 0) throw new Error(left.join('; '));
        return true;
      },
      { withinMs, everyMs: 500 },
    );

  const viewsOf = async (account: string): Promise<string[]> =>
    Promise.all(viewers.map(async (service) => (await client.get(`/api/${service}/v1/accounts/${account}/view`, national)).text));

  /** I3, I4: the bytes of accounts in the three services; answers the views. */
  const agreedViews = async (asked: readonly string[]): Promise<Map<string, View>> => {
    const views = new Map<string, View>();
    for (let start = 0; start < asked.length; start += 4) {
      await Promise.all(
        asked.slice(start, start + 4).map(async (account) => {
          const [own, ...others] = await viewsOf(account);
          for (const other of others) expect(other).toBe(own);
          views.set(account, JSON.parse(own ?? '') as View);
        }),
      );
    }
    return views;
  };

  const unheardOf = 'collection.receipt-printed.v1';

  /** As an instance of the next version would: by the same store, in the same outbox. */
  const sayUnheardOf = async (streams: readonly string[]): Promise<void> => {
    const db = await new DataSource({
      type: 'postgres',
      url: withDatabase(postgresUrl, databaseOf('collection')),
      extra: { options: '-c search_path=collection' },
    }).initialize();
    try {
      const drafts = streams.map((stream) => ({ stream, type: unheardOf, effectiveOn: '2016-05-20', data: { printedOn: '2016-05-20' } }));
      await db.transaction((tx) => new FactStore('collection', new FakeClock('2016-05-20')).publish(tx, drafts as unknown as FactDraft[]));
    } finally {
      await db.destroy();
    }
  };

  const restarted = async (instance: Instance): Promise<void> => {
    const { code, ms } = await instance.stop();
    if (code !== 0) process.stderr.write(`${instance.name} said last: ${instance.lastWords.slice(-4_000)}\n`);
    expect({ instance: instance.name, code, withinTenSeconds: ms < 10_500 }).toEqual({
      instance: instance.name,
      code: 0,
      withinTenSeconds: true,
    });
    instance.start();
    await instance.untilReady();
  };

  beforeAll(async () => {
    system = await DistributedSystem.start({
      postgresUrl,
      databaseOf,
      brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
      folder,
      today: '2016-05-20',
      instances: 2,
      variables: {
        ISU_LOG_LEVEL: 'warn',
        ISU_ROLE_PREFIX: `isu_${mark}`,
        KAFKA_PREFIX: `e2e-${mark}.`,
        // A killed instance gives its lanes up sooner than in production; brokers refuse less than this.
        KAFKA_SESSION_MS: '6000',
      },
    });
    client = new SystemClient(system.url);
    books = await Books.open(postgresUrl, databaseOf);
    accounts = await affiliateTraders(client, people);
    await eventually(async () => (await books.count('collection', 'collection.schedule-issued.v1')) >= people, { withinMs: 60_000 });
    urssaf = new PatientUrssaf(client, folder, accounts, random);
  }, 360_000);

  afterAll(async () => {
    await books?.close();
    await system?.stop();
    if (!process.env['ISU_E2E_KEEP']) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it(`R1 R2 R4 R7 R13 I3 I4 ${String(payments)} payments while instances are killed: every account is the same in all views`, async () => {
    const startedAt = performance.now();
    const turmoil = new Turmoil(system, { kills, random });
    const raging = turmoil.rage();
    for (let sent = 0; sent < payments; sent += linesABatch) await urssaf.pay(Math.min(linesABatch, payments - sent));
    const sentMs = performance.now() - startedAt;
    await raging;
    await turmoil.heal();
    const healedMs = performance.now() - startedAt;
    await drained(300_000);
    const drainedMs = performance.now() - startedAt;
    process.stderr.write(
      `${String(payments)} payments: sent in ${(sentMs / 1_000).toFixed(1)} s with ${String(urssaf.repeats.length)} repeats, all instances ready after ${(healedMs / 1_000).toFixed(1)} s, everywhere after ` +
        `${(drainedMs / 1_000).toFixed(1)} s; killed: ${turmoil.told.join('; ')}\n`,
    );

    // R2: each payment that was acknowledged is there once, and nothing else is.
    const sum = Money.sum([...urssaf.acknowledged.values()].map(({ amount }) => amount));
    for (const service of viewers) {
      const reported = await books.rows<{ n: number; names: number; total: string }>(
        service,
        `SELECT count(*)::int AS n, count(DISTINCT envelope->'data'->>'partnerReference')::int AS names,
                sum((envelope->'data'->>'amount')::numeric(14,2))::text AS total
           FROM fact WHERE type = 'urssaf-sync.payment-reported.v1'`,
      );
      expect(reported).toEqual([{ n: payments, names: payments, total: sum.cents === 0 ? '0' : (sum.cents / 100).toFixed(2) }]);
      const posted = await books.number(
        service,
        `SELECT count(DISTINCT envelope->'data'->>'reportedFact')::int AS n FROM fact WHERE type = 'collection.payment-posted.v1'`,
      );
      expect([posted, await books.count(service, 'collection.payment-posted.v1')]).toEqual([payments, payments]);
    }
    // R1: debits are credits, book by book, and the bank gave what was acknowledged.
    expect(await books.rows('collection', 'SELECT holder FROM ledger_movement GROUP BY holder HAVING sum(debit) <> sum(credit)')).toEqual(
      [],
    );
    const [bank] = await books.rows<{ total: string }>(
      'collection',
      `SELECT abs(sum(debit - credit))::text AS total FROM ledger_movement WHERE kind = 'bank'`,
    );
    expect(bank?.total).toBe((sum.cents / 100).toFixed(2));
    // R4, R7, R13.
    const digests = await Promise.all(authors.map((service) => books.factsDigest(service)));
    expect(new Set(digests).size).toBe(1);
    for (const service of authors) {
      expect({ service, irregularities: await books.irregularities(service) }).toEqual({ service, irregularities: [0, 0, 0] });
      await eventually(async () => Object.values(await books.leaders(service)).every((count) => count === 1), { withinMs: 10_000 });
    }

    const views = await agreedViews(accounts);
    const shown = [...views.values()].flatMap(({ book }) => book.payments);
    expect(shown.filter(({ state }) => state === 'posted').length).toBe(payments);
    expect(Money.sum(shown.map(({ amount }) => Money.of(amount))).equals(sum)).toBe(true);
    expect([...views.values()].filter(({ book }) => book.balance.inTransit !== '0')).toEqual([]);
    process.stderr.write(`all views compared after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
  }, 900_000);

  it('a rolling restart loses nothing, and what a newer version already says halts no older one', async () => {
    let over = false;
    urssaf.repeats.splice(0);
    const paying = (async () => {
      while (!over) await urssaf.pay(50);
    })();
    try {
      for (const rank of [1, 2]) {
        await Promise.all(system.instances.filter(({ settings }) => settings.rank === rank).map(restarted));
        // Half of the instances are "new" now: collection says what no instance here has ever heard of, beside what all know.
        if (rank === 1) await sayUnheardOf(accounts.slice(0, 20));
      }
    } finally {
      over = true;
      await paying;
    }
    // A request that outlasts the drain of its instance is cut off; on a busy machine there may be one or two, and their repeat is answered.
    process.stderr.write(`rolling restart: ${String(urssaf.repeats.length)} sendings repeated\n`);
    expect(urssaf.repeats.length).toBeLessThanOrEqual(3);
    await drained(60_000);

    for (const service of viewers) {
      expect(await books.count(service, unheardOf)).toBe(20);
      expect({ service, irregularities: await books.irregularities(service) }).toEqual({ service, irregularities: [0, 0, 0] });
    }
    for (const [account, { vector }] of await agreedViews(accounts.slice(0, 40))) {
      const [row] = await books.rows<{ seq: number }>(
        'collection',
        `SELECT max(seq)::int AS seq FROM fact WHERE author = 'collection' AND stream = $1`,
        [account],
      );
      expect(vector['collection']).toBe(row?.seq);
    }
  }, 240_000);

  it('a broker that loses every topic in full use is filled again from the tables: isu resend', async () => {
    await new BrokerHands((process.env['KAFKA_BROKERS'] ?? '').split(',')).loseTopics(`e2e-${mark}.`);
    await urssaf.pay(100);
    for (const service of authors) {
      const { status } = await client.post(`/api/${service}/v1/facts/resend`, { as: { role: 'operator' }, json: { from: '0' } });
      expect(status).toBe(202);
    }
    await drained(120_000);
    const digests = await Promise.all(authors.map((service) => books.factsDigest(service)));
    expect(new Set(digests).size).toBe(1);
    for (const service of authors)
      expect({ service, irregularities: await books.irregularities(service) }).toEqual({ service, irregularities: [0, 0, 0] });
  }, 180_000);
});
