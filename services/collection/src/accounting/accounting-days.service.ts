import { draft } from '@isu/contracts';
import { closedDay, LedgerRefusal, nextToClose, type ClosedDay, type Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { Day, type BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import { refuse } from '../refusals.js';
import type { CreditsService } from './credits.service.js';

/** The stream on which accounting speaks of no account. */
const accountingStream = 'flow/isu/accounting';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly credits: CreditsService;
}

export class AccountingDaysService {
  constructor(private readonly parts: Parts) {}

  /**
   * Closes a day: credits are placed on what has fallen due, then the figures are frozen and told. Asked again, the same answer.
   * Refused out of order, and for a day still to come.
   */
  async close(day: Day, correlation: string): Promise<ClosedDay> {
    const { db, facts, ledger, clock, credits } = this.parts;
    if (day.isAfter(clock.today())) throw refuse('day-not-come', { day: day.print(), today: clock.today().print() });
    const earlier = await closedDay(db.manager, day);
    if (earlier) return earlier;
    // Before any credit is placed: a refusal changes nothing (I8).
    const expected = await nextToClose(db.manager, day);
    if (expected !== day.iso) throw refuse('day-out-of-order', { expected: Day.of(expected).print() });
    await credits.placeAll(day);
    return db.transaction(async (tx) => {
      // Two closes of one day go one after the other, so that the day is told once.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('collection:close', 0))`);
      const closed = await closedDay(tx, day);
      if (closed) return closed;
      const frozen = await ledger.closeDay(tx, day).catch(refuseInOurWords);
      const { transactions, total, digest } = frozen;
      await facts.publish(tx, [
        draft({
          ...{ stream: accountingStream, type: 'collection.day-closed.v1', effectiveOn: day.iso, correlation },
          data: { day: day.iso, transactions, total: total.toString(), digest },
        }),
      ]);
      return frozen;
    });
  }
}

function refuseInOurWords(fault: unknown): never {
  if (!(fault instanceof LedgerRefusal)) throw fault;
  const { expected = '' } = fault.details;
  if (fault.code === 'day-out-of-order') throw refuse('day-out-of-order', { expected: Day.of(expected).print() });
  throw fault;
}
