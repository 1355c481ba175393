import { businessDays, type Job } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { Money, plusWorkingDays, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook } from './anomaly-book.js';
import { findOpenOf } from './anomaly.table.js';

interface Parts {
  readonly book: AnomalyBook;
  readonly clock: BusinessClock;
}

type Sql = Pick<EntityManager, 'query'>;

/** A payment that was told of and not placed by the end of the next working day is an anomaly by itself. */
const placedWithinWorkingDays = 1;
const atATime = 500;

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
    const placed = facts.flatMap(({ id, subject, correlation, data: { reportedFact } }) => (reportedFact ? [{ id, subject, correlation, reportedFact }] : [])); // prettier-ignore
    await this.close(tx, placed, 'Réglé par constat : le paiement est imputé au compte');
  }

  /** Money that was taken back before it was placed is said reversed, and awaited no more. */
  async reversed(tx: EntityManager, facts: readonly Fact<'collection.payment-reversed.v1'>[]): Promise<void> {
    const back = facts.flatMap(({ id, subject, correlation, data: { reportedFact } }) => (reportedFact ? [{ id, subject, correlation, reportedFact }] : [])); // prettier-ignore
    await this.close(tx, back, 'Réglé par constat : le paiement a été annulé');
  }

  private async close(
    tx: EntityManager,
    settled: readonly { id: string; subject: string; correlation: string; reportedFact: string }[],
    settledBy: string,
  ): Promise<void> {
    if (settled.length === 0) return;
    const byReport = new Map(settled.map((one) => [one.reportedFact, one]));
    const open = await findOpenOf(tx, 'transit', settled.map(({ subject }) => subject)); // prettier-ignore
    for (const { id, subject } of open) {
      const cause = byReport.get(subject);
      if (cause) await this.parts.book.close(tx, [{ id, settledBy }], cause.correlation, cause.id);
    }
  }

  /** Opens an anomaly for each payment told of before this day's last working day and still not placed. */
  async watch(tx: EntityManager, { today, after, correlation }: { today: Day; after: string; correlation: string }) {
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
    return { 'anomalies ouvertes': opened };
  },
});
