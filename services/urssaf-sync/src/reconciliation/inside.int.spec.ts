import { createHash } from 'node:crypto';
import { foldAccount } from '@isu/account';
import {
  bucketsOf,
  fingerprintMigration,
  fingerprintTreeMigration,
  holdingFundMigration,
  jobMigration,
  leavesOf,
  PeerRefused,
  Refusal,
} from '@isu/chassis';
import { draft, type Author } from '@isu/contracts';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { FakeClock, freshDatabase, sequentialIds, type FreshDatabase } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { anomalies } from '../migrations/0020-anomalies.js';
import { flows } from '../migrations/0001-flows.js';
import { money } from '../migrations/0002-money.js';
import { bankDoors } from '../migrations/0003-bank-doors.js';
import { incomesAndBalances } from '../migrations/0010-incomes-and-balances.js';
import { reconciliation } from '../migrations/0021-reconciliation.js';
import { CopiesReader } from './copies-reader.js';
import { findDifferences } from './copy-difference.table.js';
import { InsideReconciliation } from './inside.js';
import { insideReconciliationJob } from './inside-job.js';
import { runKilledAt } from './mortal-job.spec-kit.js';
import { OutsideReconciliation } from './outside.js';
import { ReconciliationService } from './reconciliation.service.js';

type Holder = 'collection' | 'benefits' | 'urssaf-sync';
const holders: readonly Holder[] = ['collection', 'benefits', 'urssaf-sync'];
const correlation = '01890000-0000-7000-8000-00000000000d';
const accounts = Array.from({ length: 60 }, (_, rank) => AccountNumber.make('13', rank + 1).toString());
const [karim = '', nadia = ''] = accounts;

const clock = new FakeClock('2016-05-20');
const bases = new Map<Holder, FreshDatabase>();
const db = (holder: Holder) => (bases.get(holder) as FreshDatabase).db;
let inside: InsideReconciliation;
let service: ReconciliationService;

/** Collection writes, the two others get the same bytes. */
const collectionFacts = new FactStore('collection', clock, { newId: sequentialIds(1) });

/** What the peers of urssaf-sync answer over REST, from databases of their own. */
const peers = {
  get: async <T>(holder: Author, path: string): Promise<T> => {
    const own = db(holder as Holder);
    const [, account] = /^accounts\/(\d+)\/view$/.exec(path) ?? [];
    if (account !== undefined) {
      const facts = await collectionFacts.factsOf(own, account);
      if (facts.length === 0) throw new PeerRefused(holder, 404);
      return foldAccount(facts) as T;
    }
    const [, under] = /under=(.*)$/.exec(path) ?? [];
    return (
      under === undefined ? { buckets: await bucketsOf(own.manager) } : { accounts: await leavesOf(own.manager, under.split(',')) }
    ) as T;
  },
  factsHeldBy: (holder: Author, stretch: { author: Author; stream: string; fromSeq: number; toSeq: number }) =>
    collectionFacts.wireOf(db(holder as Holder), stretch),
};

beforeAll(async () => {
  const common = [...messagingMigrations, fingerprintMigration, fingerprintTreeMigration];
  const ours = [...common, holdingFundMigration, jobMigration, flows, money, bankDoors, incomesAndBalances, anomalies, reconciliation];
  for (const holder of holders) bases.set(holder, await freshDatabase(holder === 'urssaf-sync' ? ours : common));
  const facts = new FactStore('urssaf-sync', clock, { newId: sequentialIds(2) });
  const reader = new CopiesReader({ db: db('urssaf-sync'), facts, peers });
  const book = new AnomalyBook({ facts, clock });
  inside = new InsideReconciliation({ reader, book, clock, patienceMs: 1 });
  service = new ReconciliationService({ db: db('urssaf-sync'), inside, outside: new OutsideReconciliation({ facts, book }) });
  await write(accounts.map((account, at) => ({ account, amount: String(1_000 + at) })));
});
afterAll(() => Promise.all([...bases.values()].map((base) => base.close())));

async function write(incomes: readonly { account: string; amount: string }[], to: readonly Holder[] = holders): Promise<void> {
  await db('collection').transaction((tx) =>
    collectionFacts.publish(
      tx,
      incomes.map(({ account, amount }) =>
        draft({
          ...{ stream: account, type: 'collection.income-recorded.v1', effectiveOn: '2016-05-20' },
          data: { year: 2015, amount, kind: 'declared', source: 'portal', declaredOn: '2016-05-20' },
        }),
      ),
    ),
  );
  for (const holder of to.filter((one) => one !== 'collection')) await deliver(holder);
  for (const holder of holders) await fingerprint(holder);
}

/** Its author's facts that this service does not hold yet, as the bus brings them. */
async function deliver(holder: Holder, author: Holder = 'collection'): Promise<void> {
  const rows = await db(author).query(
    `SELECT author, stream, seq, id, type, envelope::text AS envelope, digest, position, effective_on::text AS effective_on, recorded_at, received_at
       FROM fact WHERE author = $1`,
    [author],
  );
  await db(holder).query(
    `INSERT INTO fact SELECT * FROM json_to_recordset($1) AS n(author text, stream text, seq bigint, id uuid, type text, envelope json, digest text,
       position bigint, effective_on date, recorded_at timestamptz, received_at timestamptz) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows.map((row: { envelope: string }) => ({ ...row, envelope: JSON.parse(row.envelope) as unknown })))],
  );
}

async function fingerprint(holder: Holder): Promise<void> {
  const views = [...(await collectionFacts.factsOfStreams(db(holder), accounts)).values()].map((facts) => foldAccount(facts));
  await db(holder).query(
    `INSERT INTO account_fingerprint SELECT account, '1', vector, 1, fingerprint, now() FROM json_to_recordset($1) AS n(account text, vector jsonb, fingerprint text)
     ON CONFLICT (stream) DO UPDATE SET vector = excluded.vector, fingerprint = excluded.fingerprint`,
    [JSON.stringify(views)],
  );
}

/** Somebody with the owner's rights changes what one service holds. */
async function alter(holder: Holder, altered: readonly string[], amount: string): Promise<void> {
  await (bases.get(holder) as FreshDatabase).owner.query(
    `UPDATE fact SET envelope = jsonb_set(envelope::jsonb, '{data,amount}', to_jsonb($2::text))::json WHERE stream = ANY($1) AND author = 'collection'`,
    [altered, amount],
  );
  await fingerprint(holder);
}

/** The copy is as its author wrote it again, and all hold what urssaf-sync said of it meanwhile. */
async function mend(holder: Holder, account: string): Promise<void> {
  const [original] = await db('collection').query(`SELECT envelope::text AS text FROM fact WHERE stream = $1 AND seq = 1`, [account]);
  await (bases.get(holder) as FreshDatabase).owner.query(
    `UPDATE fact SET envelope = $2::json WHERE stream = $1 AND author = 'collection' AND seq = 1`,
    [account, original.text],
  );
  for (const one of ['collection', 'benefits'] as const) await deliver(one, 'urssaf-sync');
  for (const one of holders) await fingerprint(one);
}

async function reconcile() {
  const buckets = await inside.suspectBuckets();
  const found = await inside.settle(buckets.length === 0 ? [] : await inside.suspects(buckets));
  const done = await db('urssaf-sync').transaction((tx) => inside.keep(tx, found, correlation));
  return { buckets: buckets.length, ...done };
}
const shown = () => findDifferences(db('urssaf-sync').manager, { reach: { kind: 'everything' }, limit: 10 });
const anomaliesOpen = () =>
  db('urssaf-sync').query('SELECT account, type, cause, closed_at IS NULL AS open, settled_by FROM anomaly ORDER BY id');

describe('N5 I4 S6 — inside reconciliation', () => {
  it('asks nothing further while every copy is the same', async () => {
    expect(await reconcile()).toEqual({ buckets: 0, opened: 0, closed: 0 });
  });

  it('spreads accounts over buckets by the MD5 of their numbers, each digest the exclusive or of SHA-256 of number and fingerprint', async () => {
    const hash = (algorithm: 'md5' | 'sha256', text: string) => createHash(algorithm).update(text).digest('hex');
    // A second account in the bucket of the first: with 4 096 buckets one of some twenty thousand numbers is.
    const bucket = hash('md5', karim).slice(0, 3);
    const beside = Array.from({ length: 100_000 }, (_, rank) => `beside-${String(rank)}`).find((one) =>
      hash('md5', one).startsWith(bucket),
    );
    const [fingerprint] = await db('benefits').query(
      `INSERT INTO account_fingerprint SELECT $1, fold, vector, facts, $2, folded_at FROM account_fingerprint WHERE stream = $3
       RETURNING (SELECT fingerprint FROM account_fingerprint WHERE stream = $3)`,
      [beside, 'ab'.repeat(32), karim],
    );
    const leaves = [`${karim}${String(fingerprint.fingerprint)}`, `${String(beside)}${'ab'.repeat(32)}`];
    const [one = 0n, other = 0n] = leaves.map((leaf) => BigInt(`0x${hash('sha256', leaf)}`));
    const digest = (one ^ other).toString(16).padStart(64, '0');
    const found = (await bucketsOf(db('benefits').manager)).find((each) => each.bucket === bucket);
    await db('benefits').query('DELETE FROM account_fingerprint WHERE stream = $1', [beside]);
    expect(found).toEqual({ bucket, accounts: 2, digest });
  });

  it('finds one altered fact in one service among all accounts, names it, and opens an anomaly that every service will show', async () => {
    await alter('benefits', [karim], '999');
    expect(await reconcile()).toEqual({ buckets: 1, opened: 1, closed: 0 });
    expect(await shown()).toMatchObject([
      {
        account: karim,
        kind: 'diverged',
        missing: [],
        altered: { service: 'benefits', author: 'collection', seq: 1, type: 'collection.income-recorded.v1' },
      },
    ]);
    expect(await anomaliesOpen()).toMatchObject([
      {
        account: karim,
        type: 'conflict',
        cause: 'Copies divergentes : le fait 1 de collection n’est pas chez benefits tel qu’il a été écrit',
        open: true,
      },
    ]);
  });

  it('opens it once, however often it looks', async () => {
    await db('urssaf-sync').transaction(async (tx) => inside.keep(tx, await inside.settle([karim]), correlation));
    expect((await anomaliesOpen()).length).toBe(1);
  });

  it('names the facts that one service lacks, which are no divergence, and forgets them once they are there', async () => {
    await write([{ account: nadia, amount: '5' }], ['collection', 'urssaf-sync']);
    await db('urssaf-sync').transaction(async (tx) => inside.keep(tx, await inside.settle([nadia]), correlation));
    expect(await shown()).toMatchObject([
      { account: karim, kind: 'diverged' },
      { account: nadia, kind: 'in-flight', missing: [{ service: 'benefits', author: 'collection', from: 2, to: 2 }], altered: null },
    ]);
    await deliver('benefits');
    await db('urssaf-sync').transaction(async (tx) => inside.keep(tx, await inside.settle([nadia]), correlation));
    expect((await shown()).map(({ account }) => account)).toEqual([karim]);
    expect((await anomaliesOpen()).length).toBe(1);
  });

  it('closes the anomaly by itself, with its cause, when the copies agree again', async () => {
    await mend('benefits', karim);
    const found = await inside.settle([karim]);
    expect(found.equal).toEqual([karim]);
    expect(await db('urssaf-sync').transaction((tx) => inside.keep(tx, found, correlation))).toEqual({ opened: 0, closed: 1 });
    expect(await anomaliesOpen()).toMatchObject([
      { open: false, settled_by: 'Réglé par constat : les copies du compte concordent de nouveau' },
    ]);
    expect(await shown()).toEqual([]);
  });
});

describe('I10 N5 — the nightly job', () => {
  it('is killed at any step and run again: each altered copy is found, once', async () => {
    // More than one step settles.
    const altered = accounts.slice(20, 45);
    await alter('benefits', altered, '777');
    const job = insideReconciliationJob(inside, db('urssaf-sync'));
    for (const step of [1, 2, 3, 4]) await runKilledAt(step, { db: db('urssaf-sync'), clock, job });
    const diverged = await findDifferences(db('urssaf-sync').manager, { reach: { kind: 'everything' }, kind: 'diverged', limit: 100 });
    expect(diverged.map(({ account }) => account).sort()).toEqual([...altered].sort());
    const opened = (await anomaliesOpen()).filter(({ open }: { open: boolean }) => open);
    expect(opened.map(({ account }: { account: string }) => account).sort()).toEqual([...altered].sort());
  });
});

describe('N5 F53 — one account, on demand', () => {
  const [yuki = '', amara = ''] = accounts.slice(50);
  const reconcileOne = (account: string) => service.reconcile(account, correlation);

  it('is refused for an account of which we hold nothing', () =>
    expect(reconcileOne(AccountNumber.make('13', 999).toString())).rejects.toThrow(Refusal));

  it('says that the copies are the same, and that no books came yet', async () => {
    expect(await reconcileOne(yuki)).toEqual({ account: yuki, copies: 'equal', difference: null, balances: null });
  });

  it('names the altered fact, and opens the anomaly once, however often it is asked', async () => {
    await alter('collection', [amara], '4');
    for (const _ of [1, 2])
      expect(await reconcileOne(amara)).toMatchObject({
        copies: 'diverged',
        difference: { altered: { service: 'collection', author: 'collection', seq: 1 } },
      });
    expect((await anomaliesOpen()).filter(({ account }: { account: string }) => account === amara)).toHaveLength(1);
  });

  it('compares with the partner’s books too, once they are here: of that account alone', async () => {
    const [ours, day] = [db('urssaf-sync'), '2016-05-19'];
    await ours.query('INSERT INTO known_account SELECT unnest($1::text[])', [[yuki, amara]]);
    await ours.query(`INSERT INTO flow (partner, flow, last_number, completed_number, completed_through) VALUES
        ('urssaf', 'payments', 1, 1, '${day}'), ('urssaf', 'balances', 1, 1, '${day}')`);
    await ours.query(
      `INSERT INTO batch (partner, flow, number, name, digest, business_date, count, total, intake, correlation, receipt, accepted_at)
       VALUES ('urssaf', 'balances', 1, '1', '', '${day}', 1, 0, $1, $1, '{}', now())`,
      [correlation],
    );
    for (const account of [yuki, amara])
      await ours.query(`INSERT INTO partner_balance VALUES ('urssaf', 1, $1, 2016, 'retraite-base', 356, 356, '')`, [account]);
    // Urssaf counts 356 € of which no batch told: lost; the same asked again opens nothing more.
    expect((await reconcileOne(yuki)).balances).toEqual({ asOf: day, opened: 1, closed: 0, byType: { lost: 1 } });
    expect((await reconcileOne(yuki)).balances).toEqual({ asOf: day, opened: 0, closed: 0, byType: { lost: 1 } });
    expect((await anomaliesOpen()).filter(({ type }: { type: string }) => type === 'lost')).toMatchObject([{ account: yuki }]);
  });

  it('says when each comparison was last made, what it found, and on which books', async () => {
    expect(await service.last()).toMatchObject({
      snapshot: { partner: 'urssaf', number: '1', asOf: '2016-05-19' },
      inside: { date: '2016-05-19', figures: { divergences: 25 } },
      outside: null,
    });
  });
});
