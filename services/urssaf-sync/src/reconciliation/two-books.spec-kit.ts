import { foldAccount } from '@isu/account';
import { fingerprintMigration, jobMigration } from '@isu/chassis';
import { draft, sha256, type Fact, type FactType, type FactData } from '@isu/contracts';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { FakeClock, freshDatabase, sequentialIds, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Money } from '@isu/values';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { lockBatch } from '../batches/batch.table.js';
import { RejectedLines } from '../conflicts/rejected-lines.js';
import { flows } from '../migrations/0001-flows.js';
import { money } from '../migrations/0002-money.js';
import { bankDoors } from '../migrations/0003-bank-doors.js';
import { incomesAndBalances } from '../migrations/0010-incomes-and-balances.js';
import { anomalies } from '../migrations/0020-anomalies.js';
import { reconciliation } from '../migrations/0021-reconciliation.js';
import { keepBalances } from './our-balances.js';
import { OutsideReconciliation } from './outside.js';

export const asOf = '2016-05-18';
/** When collection said what it said, but for what came after the partner drew up its books. */
const told = '2016-05-10T08:00:00.000Z';

/** Someone of the population: two quarters of 2016 asked for and paid, each of an amount that nobody else has. */
export interface Trader {
  readonly account: string;
  /** What each of four quarters asks for. */
  readonly quarter: string;
}

/** Ours and the partner's books on a real database, equal until somebody does something to one of them. */
export class TwoBooks {
  readonly clock = new FakeClock('2016-05-20');
  readonly facts = new FactStore('urssaf-sync', this.clock, { newId: sequentialIds(1) });
  readonly book = new AnomalyBook({ facts: this.facts, clock: this.clock });
  readonly outside = new OutsideReconciliation({ facts: this.facts, book: this.book });
  readonly traders: Trader[] = [];
  private readonly newId = sequentialIds(3);
  private readonly seqs = new Map<string, number>();
  private references = 0;

  private constructor(readonly fresh: FreshDatabase) {}

  static async open(population: number): Promise<TwoBooks> {
    const ours = [flows, money, bankDoors, incomesAndBalances, anomalies, reconciliation];
    const books = new TwoBooks(await freshDatabase([...messagingMigrations, fingerprintMigration, jobMigration, ...ours]));
    await books.settle(population);
    return books;
  }

  get db() {
    return this.fresh.db;
  }

  /** Half of them in each of two funds, so that stretches have borders. */
  private async settle(population: number): Promise<void> {
    await this.db.query(`INSERT INTO flow (partner, flow, last_number, completed_number, completed_through) VALUES
      ('urssaf', 'payments', 2, 2, '${asOf}'), ('urssaf', 'balances', 1, 1, '${asOf}')`);
    for (const [flow, number, day] of [['payments', 1, '2016-05-05'], ['payments', 2, asOf], ['balances', 1, asOf]] as const) await this.batch(flow, number, day); // prettier-ignore
    for (let rank = 1; rank <= population; rank += 1) {
      const account = AccountNumber.make(rank % 2 === 0 ? '13' : '26', rank).toString();
      this.traders.push({ account, quarter: `${String(300 + rank)}.${String(10 + (rank % 89))}` });
    }
    await this.db.query('INSERT INTO known_account SELECT unnest($1::text[])', [this.traders.map(({ account }) => account)]);
    await this.keep(this.traders.flatMap((trader) => this.called(trader)));
    await this.tell(
      this.traders.flatMap(({ account, quarter }) =>
        ['2016-02-05', '2016-05-05'].map((valueOn) => ({ account, amount: quarter, valueOn })),
      ),
    );
    await this.fold();
    await this.db.query(
      `INSERT INTO partner_balance (partner, number, account, year, code, called, paid, content) SELECT 'urssaf', 1, account, greatest(year, 2016), code, called, paid, '' FROM our_balance`,
    );
  }

  private called({ account, quarter }: Trader): Fact[] {
    const year = Money.sum(Array.from({ length: 4 }, () => Money.of(quarter)));
    const line = { code: 'retraite-base', base: '9000', rate: '0.1', amount: year.toString() };
    const lines = [{ year: 2016, code: 'retraite-base', amount: quarter }];
    const instalments = ['02', '05', '08', '11'].map((month, at) => ({
      id: `2016-Q${String(at + 1)}`,
      dueOn: `2016-${month}-05`,
      means: 'transfer' as const,
      lines,
    }));
    return [
      this.said(account, 'collection.assessed.v1', {
        year: 2016,
        stage: 'provisional',
        version: 1,
        lines: [line],
        rules: '2016.1',
        accountingDay: '2016-01-04',
      }),
      this.said(account, 'collection.schedule-issued.v1', { year: 2016, version: 1, periodicity: 'quarterly', instalments }),
    ];
  }

  async batch(flow: string, number: number, day: string): Promise<void> {
    await this.db.query(
      `INSERT INTO batch (partner, flow, number, name, digest, business_date, count, total, intake, correlation, receipt, accepted_at)
       VALUES ('urssaf', $1, $2::bigint, $2::bigint::text, '', $3, 1, 0, $4, $4, '{}', now())`,
      [flow, number, day, this.newId()],
    );
  }

  /** The partner tells of payments, and collection places them; the ids of our payments. */
  async tell(
    payments: readonly { account: string; amount: string; valueOn: string; batch?: string; posted?: boolean }[],
  ): Promise<string[]> {
    const said = payments.map((one) => ({
      ...one,
      id: this.newId(),
      reference: `URS-${String((this.references += 1))}`,
      batch: one.batch ?? '2',
    }));
    await this.db.transaction(async (tx) => {
      const reports = await this.facts.publish(
        tx,
        said.map(({ account, amount, valueOn, reference, batch }) =>
          draft({
            ...{ stream: account, type: 'urssaf-sync.payment-reported.v1', effectiveOn: valueOn },
            data: { flow: 'urssaf/payments', batch, line: 2, partnerReference: reference, amount, valueOn, means: 'transfer' },
          }),
        ),
      );
      await tx.query(
        `INSERT INTO payment (id, partner, reference, content, flow, batch, line, account, amount, value_on, means, state, fact, correlation)
         SELECT id, 'urssaf', reference, '', 'payments', batch, 2, account, amount, "valueOn", 'transfer', 'reported', fact, id
           FROM json_to_recordset($1) AS n(id uuid, reference text, batch text, account text, amount numeric, "valueOn" date, fact uuid)`,
        [JSON.stringify(said.map((one, at) => ({ ...one, fact: reports[at]?.id })))],
      );
      const placed = said.flatMap((one, at) => (one.posted === false ? [] : [this.posting(one, reports[at]?.id ?? '')]));
      await this.keep(placed, tx);
    });
    return said.map(({ id }) => id);
  }

  private posting(
    { account, amount, valueOn, batch }: { account: string; amount: string; valueOn: string; batch: string },
    reportedFact: string,
  ): Fact {
    const allocations = [{ instalment: '2016-Q1', year: 2016, code: 'retraite-base', amount }];
    const data = {
      paymentId: this.newId(),
      reportedFact,
      amount,
      valueOn,
      means: 'transfer' as const,
      allocations,
      credit: '0',
      accountingDay: valueOn,
    };
    const time = batch === '3' ? '2016-05-20T08:00:00.000Z' : told;
    return this.said(account, 'collection.payment-posted.v1', data, time);
  }

  /** Money that nobody is known to own. */
  async wait(amount: string): Promise<void> {
    const id = this.newId();
    await this.db.query(
      `INSERT INTO payment (id, partner, reference, content, flow, batch, line, account, amount, value_on, means, state, correlation)
       VALUES ($1, 'urssaf', $2, '', 'payments', '2', 2, '', $3, '2016-05-17', 'transfer', 'to-be-matched', $1)`,
      [id, `URS-W-${id}`, amount],
    );
  }

  /** The partner says something else under the reference of a payment of this account. */
  async contradict(account: string): Promise<void> {
    const [payment] = (await this.db.query('SELECT reference FROM payment WHERE account = $1 LIMIT 1', [account])) as {
      reference: string;
    }[];
    const rejected = new RejectedLines({ facts: this.facts, clock: this.clock, newId: this.newId });
    const anomaly = { account, type: 'conflict' as const };
    const line = {
      line: 2,
      content: sha256('other'),
      reference: payment?.reference ?? '',
      outcome: 'conflict' as const,
      kept: sha256('first'),
      anomaly,
    };
    await this.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, { partner: 'urssaf', flow: 'payments', number: 2 });
      await rejected.keep(tx, batch, { rejected: [{ ...line, reason: 'reference-with-other-content' }], kind: 'payment' });
    });
  }

  /** The same books again, of a later evening. */
  async nextSnapshot(number: number, day: string): Promise<void> {
    await this.batch('balances', number, day);
    await this.db.query(
      `INSERT INTO partner_balance SELECT partner, $1::bigint, account, year, code, called, paid, content FROM partner_balance WHERE number = $1::bigint - 1`,
      [number],
    );
  }

  /** The partner's books, changed without a word to us. */
  async theirs(account: string, change: { paid?: string; called?: string }): Promise<void> {
    await this.db.query(
      `UPDATE partner_balance SET paid = paid + $2, called = called + $3 WHERE account = $1 AND code = 'retraite-base'`,
      [account, change.paid ?? '0', change.called ?? '0'], // prettier-ignore
    );
  }

  /** Affiliation has said that this account was a second one of the person of the other. */
  async merge(account: string, into: string): Promise<void> {
    const fact = this.said(account, 'affiliation.account-merged.v1', { into });
    await this.keep([{ ...fact, source: '/isu/affiliation', seq: 1 }]);
  }

  /** Our balances follow the facts, as the worker keeps them. */
  async fold(): Promise<void> {
    await this.db.transaction(async (tx) => {
      const streams = await this.facts.factsOfStreams(tx, this.traders.map(({ account }) => account)); // prettier-ignore
      await keepBalances(tx, [...streams.values()].map((facts) => foldAccount(facts))); // prettier-ignore
      await tx.query('DELETE FROM account_touch');
    });
  }

  private said<T extends FactType>(account: string, type: T, data: FactData<T>, time = told): Fact {
    const seq = (this.seqs.get(account) ?? 0) + 1;
    this.seqs.set(account, seq);
    return {
      ...{ specversion: '1.0', id: this.newId(), source: '/isu/collection', type, subject: account, time },
      ...{
        datacontenttype: 'application/json',
        seq,
        previous: null,
        position: '1',
        effectiveon: '2016-05-10',
        correlation: this.newId(),
        cause: null,
        data,
      },
    } as unknown as Fact;
  }

  private async keep(said: readonly Fact[], tx: { query(sql: string, values: unknown[]): Promise<unknown> } = this.db): Promise<void> {
    await tx.query(
      `INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
       SELECT substr(source, 6), subject, seq, id, type, envelope, digest, 1, effectiveon, time, time
         FROM json_to_recordset($1) AS n(source text, subject text, seq bigint, id uuid, type text, envelope json, digest text, effectiveon date, time timestamptz)`,
      [JSON.stringify(said.map((fact) => ({ ...fact, envelope: fact, digest: sha256(fact.id) })))],
    );
  }

  close(): Promise<void> {
    return this.fresh.close();
  }
}
