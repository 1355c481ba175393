import { businessDays, type Job } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { Money, plusWorkingDays, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { settledByFacts, type AnomalyBook } from './anomaly-book.js';
import { findOpenOf } from './anomaly.table.js';

interface Parts {
  readonly book: AnomalyBook;
  readonly clock: BusinessClock;
}

type Sql = Pick<EntityManager, 'query'>;

/** A payment that was told of and not placed by the end of the next working day is an anomaly by itself. */
const placedWithinWorkingDays = 1;
const atATime = 500;

/** What collection says of a payment that ends its transit. */
type Settling = Fact<'collection.payment-posted.v1' | 'collection.payment-reversed.v1'>;
const settledByPosting = 'Réglé par constat : le paiement est imputé au compte';
const settledByReversal = 'Réglé par constat : le paiement a été annulé';

interface LatePayment {
  readonly account: string;
  readonly fact: string;
  readonly amount: string;
  readonly toldAt: Date;
}

/** The payments that were reported and not posted: an anomaly when it takes too long, closed by itself when they are. */
export class PaymentsInTransit {
  constructor(private readonly parts: Parts) {}

  async posted(tx: EntityManager, facts: readonly Fact<'collection.payment-posted.v1'>[]): Promise<void> {
    await this.close(tx, facts, settledByPosting);
  }

  /** Money that was taken back before it was placed is said reversed, and awaited no more. */
  async reversed(tx: EntityManager, facts: readonly Fact<'collection.payment-reversed.v1'>[]): Promise<void> {
    await this.close(tx, facts, settledByReversal);
  }

  private async close(tx: EntityManager, facts: readonly Settling[], settledBy: string): Promise<void> {
    const byReport = new Map(facts.flatMap((fact) => (fact.data.reportedFact ? [[fact.data.reportedFact, fact]] : [])));
    if (byReport.size === 0) return;
    const open = await findOpenOf(tx, 'transit', [...byReport.values()].map(({ subject }) => subject)); // prettier-ignore
    await this.parts.book.close(
      tx,
      settledByFacts(open, ({ subject }) => byReport.get(subject), settledBy),
    );
  }

  /** Opens an anomaly for each payment told of before this day's last working day and still not placed, once all hands that settle have let go. */
  async watch(tx: EntityManager, { today, after, correlation }: { today: Day; after: string; correlation: string }) {
    await this.parts.book.lock(tx);
    const late = await findLate(tx, plusWorkingDays(today, -placedWithinWorkingDays).iso, after, atATime);
    const opened = await this.parts.book.open(
      tx,
      late.map(({ account, fact, amount }) => ({
        ...{ account, type: 'late' as const, origin: 'transit' as const, subject: fact, details: { reportedFact: fact, amount } },
        cause: `Un paiement de ${Money.of(amount).print()} est signalé et n’est pas encore imputé au compte`,
      })),
      correlation,
    );
    return { opened, last: late.length < atATime ? null : (late.at(-1)?.fact ?? null) };
  }

  /** A payment may be placed while it is being found late, by a hand that saw nothing to close: what our copy says now settles it. */
  async settle(tx: EntityManager): Promise<number> {
    await this.parts.book.lock(tx);
    const placed = await findSettled(tx);
    return this.parts.book.close(tx, placed.map(({ isPosted, ...one }) => ({ ...one, settledBy: isPosted ? settledByPosting : settledByReversal }))); // prettier-ignore
  }
}

/** Told before that day, neither placed nor taken back, by our copy of collection's facts. */
async function findLate(tx: Sql, before: string, after: string, limit: number): Promise<LatePayment[]> {
  return tx.query(
    `SELECT p.account, p.fact, p.amount::text AS amount, f.recorded_at AS "toldAt"
       FROM payment p JOIN LATERAL (SELECT recorded_at FROM fact WHERE author = 'urssaf-sync' AND stream = p.account AND id = p.fact) f ON f.recorded_at < $1::date
      WHERE p.state = 'reported' AND p.fact > $2
        AND NOT EXISTS (SELECT 1 FROM reversal r WHERE r.payment = p.id AND r.state = 'reported')
        AND NOT EXISTS (SELECT 1 FROM fact c WHERE c.author = 'collection' AND c.stream = p.account
          AND c.type IN ('collection.payment-posted.v1', 'collection.payment-reversed.v1') AND c.envelope->'data'->>'reportedFact' = p.fact::text)
      ORDER BY p.fact LIMIT $3`,
    [before, after, limit],
  ) as Promise<LatePayment[]>;
}

/** Open ones whose payment was placed or taken back, each with the first fact that says so. */
async function findSettled(tx: Sql): Promise<{ id: string; cause: string; correlation: string; isPosted: boolean }[]> {
  return tx.query(
    `SELECT DISTINCT ON (a.id) a.id, c.id AS cause, c.envelope->>'correlation' AS correlation, c.type = 'collection.payment-posted.v1' AS "isPosted"
       FROM anomaly a JOIN fact c ON c.author = 'collection' AND c.stream = a.account
        AND c.type IN ('collection.payment-posted.v1', 'collection.payment-reversed.v1') AND c.envelope->'data'->>'reportedFact' = a.subject
      WHERE a.closed_at IS NULL AND a.origin = 'transit' ORDER BY a.id, c.seq`,
  ) as Promise<{ id: string; cause: string; correlation: string; isPosted: boolean }[]>;
}

const first = '00000000-0000-0000-0000-000000000000';

export const transitWatchJob = (inTransit: PaymentsInTransit): Job => ({
  name: 'payments-in-transit-watch',
  title: 'Paiements signalés et non imputés',
  calendar: businessDays,
  takesInEarlier: true,
  run: async (turn) => {
    let { after, opened } = (turn.checkpoint as { after: string; opened: number } | null) ?? { after: first, opened: 0 };
    for (let more = true; more;) {
      await turn.step(async (tx) => {
        const found = await inTransit.watch(tx, { today: turn.date, after, correlation: turn.correlation });
        more = found.last !== null;
        [after, opened] = [found.last ?? after, opened + found.opened];
        return { checkpoint: { after, opened }, done: opened };
      });
    }
    await turn.step(async (tx) => {
      await inTransit.settle(tx);
      return { checkpoint: { after, opened }, done: opened };
    });
    return { 'anomalies ouvertes': opened };
  },
});
