import type { BusinessClock, Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { close, closeStretch, type ClosedDay, type FrozenDay } from './days.js';
import { postAll, type Booked } from './post.js';
import { reverseAll, type Reversal } from './reverse.js';
import type { Transaction } from './transaction.js';

/** Everything that writes in the books. Each act happens in the transaction of the caller, who commits or takes all of it back. */
export class Ledger {
  constructor(private readonly clock: BusinessClock) {}

  /**
   * Writes transactions, each once: a key already used with the same content gives the earlier entry, with another content it is
   * refused. Booked on the business day, or on the first open day when that one is closed; the effective day stays what it is.
   * Hand in up to a few thousand at a time: the number of statements does not grow.
   */
  post(tx: EntityManager, transactions: readonly Transaction[]): Promise<Booked[]> {
    return postAll(tx, this.clock, transactions);
  }

  /** Undoes earlier transactions by writing them the other way round. */
  reverse(tx: EntityManager, reversals: readonly Reversal[]): Promise<Booked[]> {
    return reverseAll(tx, this.clock, reversals);
  }

  /** Freezes an accounting day; what the world is told about it is the service's business. */
  closeDay(tx: EntityManager, day: Day): Promise<ClosedDay> {
    return close(tx, this.clock, day);
  }

  /** The same for the days that are open up to one, from the next to close on, so many at most. */
  closeDays(tx: EntityManager, stretch: { through: Day; atMost: number }): Promise<FrozenDay[]> {
    return closeStretch(tx, this.clock, stretch);
  }
}
