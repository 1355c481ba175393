import { quarterIncome } from '@isu/calc';
import { Money, type Day } from '@isu/values';
import type { Vector } from '@isu/contracts';
import type { Book } from '../book/book.js';
import type { Flows } from '../flows.js';
import { doubtsOf, neverTold, paymentFlows } from './doubts.js';
import { dueBy, lateInstalments, nextInstalment } from './lateness.js';
import { quartersOf, type YearQuarters } from './quarters.js';
import { instalmentLate, type Reason } from './reasons.js';

/** Where the account stands on a day. Shown beside the book, with its day; never part of the fingerprint. */
export interface Standing {
  readonly day: string;
  readonly due: string;
  readonly late: string;
  readonly inTransit: string;
  readonly credit: string;
  readonly nextDue: { readonly instalment: string; readonly dueOn: string; readonly amount: string } | null;
  readonly upToDate: 'yes' | 'no' | 'unknown';
  /** `unknown`: what is awaited. `no`: what is late, and what nobody can tell us of any more. `yes`: none. */
  readonly reasons: readonly Reason[];
  readonly quarters: readonly YearQuarters[];
  /** The payment flows relied on, for the decisions that cite this standing. */
  readonly flows: Readonly<Record<string, Vector>>;
}

/** The law that a standing needs, dated by year. */
export interface StandingRules {
  readonly quarterIncome: (year: number) => Money;
}

/** Judges an account on a day. A missing payment never makes a `no` while it may be on its way (I5). */
export function standing(book: Book, flows: Flows, day: Day, rules: StandingRules = { quarterIncome }): Standing {
  const late = lateInstalments(book, day);
  const doubts = doubtsOf(book, flows, day, late[0]?.dueOn ?? null);
  return {
    day: day.iso,
    due: dueBy(book, day).toString(),
    late: Money.sum(late.map(({ amount }) => amount)).toString(),
    inTransit: book.balance.inTransit,
    credit: book.balance.credit,
    nextDue: nextInstalment(book, day),
    ...verdict({ late: late.map(instalmentLate), doubts, unknown: neverTold(flows) }),
    quarters: quartersOf(book, doubts, rules.quarterIncome),
    flows: Object.fromEntries(paymentFlows(flows).map(([stream, flow]) => [stream, flow.vector])),
  };
}

interface Weighed {
  readonly late: readonly Reason[];
  readonly doubts: readonly Reason[];
  readonly unknown: readonly Reason[];
}

function verdict({ late, doubts, unknown }: Weighed): Pick<Standing, 'upToDate' | 'reasons'> {
  if (late.length === 0) return { upToDate: 'yes', reasons: [] };
  return doubts.length > 0 ? { upToDate: 'unknown', reasons: doubts } : { upToDate: 'no', reasons: [...late, ...unknown] };
}
