import type { Payment } from './payments.js';
import type { Period } from './periods.js';
import type { Refund } from './refunds.js';
import { sumOf } from './euros.js';

/** The whole account in one row; people see `remaining + surcharges − credit` (solde, F16). */
export interface Balance {
  readonly called: string;
  readonly paid: string;
  readonly remaining: string;
  /** Surcharges for lateness, notified and still owed. */
  readonly surcharges: string;
  readonly credit: string;
  /** Ordered to be given back, and not settled by the bank yet: no credit any more. */
  readonly refunds: string;
  /** Reported by the partner, not posted yet. */
  readonly inTransit: string;
}

export function balanceOf(periods: readonly Period[], payments: readonly Payment[], refunds: readonly Refund[]): Balance {
  return {
    called: sumOf(periods.map((period) => period.called)).toString(),
    paid: sumOf(periods.map((period) => period.paid)).toString(),
    remaining: sumOf(periods.map((period) => period.remaining)).toString(),
    surcharges: sumOf(periods.map((period) => period.surcharges.remaining)).toString(),
    credit: sumOf(payments.map((payment) => payment.credit)).toString(),
    refunds: sumOf(refunds.filter(({ state }) => state === 'ordered').map(({ amount }) => amount)).toString(),
    inTransit: sumOf(payments.filter((payment) => payment.state === 'in-transit').map((payment) => payment.amount)).toString(),
  };
}
