import { heldByNobody, type Held } from '@isu/chassis';
import { draft, type FactDraft } from '@isu/contracts';
import { closedDay, nextToClose, type ClosedDay, type FrozenDay, type Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { Day, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { refuse } from '../refusals.js';
import { keepCloses } from './accounting-day.table.js';
import type { CreditsService } from './credits.service.js';

/** The stream on which accounting speaks of no account. */
const accountingStream = 'flow/isu/accounting';
const daysAtATime = 200;
/** The job that owes the close of every day. */
export const closeJob = 'accounting-close';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly credits: CreditsService;
}

/** Who closes: somebody by the route, or nobody but the job. */
export interface Closing {
  readonly correlation: string;
  readonly askedBy: string | null;
}

export class AccountingDaysService {
  constructor(private readonly parts: Parts) {}

  /**
   * Closes a day, and before it, in their order, the days that nobody has closed: credits are placed on what has fallen due, then the
   * figures of each day are frozen and told. Asked again, the same answer. Refused for a day still to come, and for one before the
   * first that was ever closed.
   */
  async close(day: Day, closing: Closing, held: Held = heldByNobody): Promise<ClosedDay> {
    const { db, clock, credits } = this.parts;
    if (day.isAfter(clock.today())) throw refuse('day-not-come', { day: day.print(), today: clock.today().print() });
    // Before any credit is placed: a refusal changes nothing (I8).
    const earlier = await answerIfPassed(db.manager, day);
    if (earlier) return earlier;
    await credits.placeAll(day, held);
    for (;;) {
      const closed = await this.closeSome(day, closing, held);
      if (closed) return closed;
    }
  }

  /** Some days in one transaction; killed, the close goes on with the next day. Undefined while there are more. */
  private async closeSome(through: Day, { correlation, askedBy }: Closing, held: Held): Promise<ClosedDay | undefined> {
    const { db, facts, ledger } = this.parts;
    return db.transaction(async (tx) => {
      await held(tx);
      // Two closes go one after the other, so that each day is told once.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('collection:close', 0))`);
      const earlier = await answerIfPassed(tx, through);
      if (earlier) return earlier;
      const frozen = await ledger.closeDays(tx, { through, atMost: daysAtATime });
      const [first, last] = [frozen.at(0), frozen.at(-1)];
      if (first && last) await keepCloses(tx, { from: first.day, through: last.day, askedBy, run: correlation });
      await facts.publish(
        tx,
        frozen.map((closed) => dayClosed(closed, correlation)),
      );
      return (await closedDay(tx, through)) ?? undefined;
    });
  }
}

/**
 * Nothing while the day can still be closed; else its figures, or a refusal when it lies before the first that was ever closed. In this
 * order, for another hand may be closing it now: a day that is no longer next to close has its figures already, if it ever gets any.
 */
async function answerIfPassed(tx: EntityManager, day: Day): Promise<ClosedDay | undefined> {
  const next = Day.of(await nextToClose(tx, day));
  if (next.atMost(day)) return undefined;
  const closed = await closedDay(tx, day);
  if (!closed) throw refuse('day-out-of-order', { expected: next.print() });
  return closed;
}

const dayClosed = ({ day, transactions, total, digest }: FrozenDay, correlation: string): FactDraft =>
  draft({
    ...{ stream: accountingStream, type: 'collection.day-closed.v1', effectiveOn: day, correlation },
    data: { day, transactions, total: total.toString(), digest },
  });
