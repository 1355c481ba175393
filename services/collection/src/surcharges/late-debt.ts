import type { Book } from '@isu/account';
import { lateSurcharges, smallDebt, type Surcharge } from '@isu/calc';
import { isFact, type Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { returnReasonOf } from '../returns/return-reason.js';
import { debitHistories, type DebitHistory } from './debit-history.js';
import { askedHistories, type AskedHistory } from './asked-history.js';
import { receivedByDebt, type Received } from './received-history.js';

/** Why no surcharge is counted on a due date that was not paid in time: carried and paid at the next, or too little (CSS D. 133-1). */
export type Exemption = 'carried' | 'small-debt';

/** A due date that was not paid in time, for one contribution year, and what the law makes of it up to a day. */
export interface LateDebt {
  readonly instalment: string;
  readonly year: number;
  readonly dueOn: Day;
  /** Surcharges run from there: the due date, or the next one where the fault was ours. */
  readonly runsFrom: Day;
  readonly unpaidAtDue: Money;
  /** The value date of what settled it; null while something is unpaid. */
  readonly settledOn: Day | null;
  readonly exemption: Exemption | null;
  /** The due date to which a debit that failed for want of funds was carried. */
  readonly carriedTo: Day | null;
  /** Counted by law, notified or not, to the cent. */
  accruedUntil(day: Day): readonly Surcharge[];
}

/** Every due date before a day that was not paid by it, oldest first, by the value date of what was received (CSS R. 243-18). */
export function lateDebts(facts: readonly Fact[], book: Book, day: Day): LateDebt[] {
  const received = receivedByDebt(facts, book);
  const known = { returns: returnsOf(facts), debits: debitHistories(facts) };
  const dueDates = [...new Set(book.instalments.map(({ dueOn }) => dueOn))].sort();
  const late = askedHistories(facts)
    .filter(({ dueOn }) => dueOn.isBefore(day))
    .map((asked) => {
      const mine = [...(received.get(`${asked.instalment} ${asked.year}`) ?? []), ...asked.lowered];
      const failed = failureOf(asked, known, dueDates);
      const runsFrom = failed.isOurFault && failed.nextDue ? failed.nextDue : Day.max(asked.dueOn, failed.collectedOn);
      return { asked, mine, failed, runsFrom, unpaidAtDue: unpaidOn(asked.owed, mine, runsFrom) };
    })
    .filter(({ unpaidAtDue }) => unpaidAtDue.isPositive);
  return late.map(({ asked, mine, failed, runsFrom, unpaidAtDue }): LateDebt => {
    const { instalment, year, dueOn, owed } = asked;
    const settledOn = settlementOf(owed, mine);
    const carriedTo = failed.isCarried ? failed.nextDue : null;
    const ofDueDate = Money.sum(late.filter((each) => each.asked.instalment === instalment).map((each) => each.unpaidAtDue));
    const isCarriedAndPaid = carriedTo !== null && settledOn !== null && settledOn.atMost(carriedTo);
    const exemption = isCarriedAndPaid ? 'carried' : ofDueDate.atLeast(smallDebt(dueOn)) ? null : 'small-debt';
    const accruedUntil = (until: Day): readonly Surcharge[] =>
      exemption === null ? lateSurcharges({ amount: owed, dueOn: runsFrom, received: mine, until }).surcharges : [];
    return { instalment, year, dueOn, runsFrom, unpaidAtDue, settledOn, exemption, carriedTo, accruedUntil };
  });
}

const unpaidOn = (owed: Money, received: readonly Received[], day: Day): Money =>
  owed.minus(Money.sum(received.filter(({ valueOn }) => valueOn.atMost(day)).map(({ amount }) => amount)));

/** The first day from which nothing was unpaid any more; null while something is. */
function settlementOf(owed: Money, received: readonly Received[]): Day | null {
  const days = received.map(({ valueOn }) => valueOn).sort((a, b) => a.compare(b));
  const last = days.at(-1);
  if (last === undefined || unpaidOn(owed, received, last).isPositive) return null;
  return days.find((day) => days.every((later) => later.isBefore(day) || !unpaidOn(owed, received, later).isPositive)) ?? last;
}

interface Returned {
  readonly instalments: ReadonlySet<string>;
  readonly action: string;
  readonly isOurFault: boolean;
}

/** Debits that came back, with the due dates that they had paid. */
function returnsOf(facts: readonly Fact[]): Returned[] {
  const debits = new Map<string, ReadonlySet<string>>();
  const returned: Returned[] = [];
  for (const fact of facts) {
    if (isFact(fact, 'collection.payment-posted.v1') && fact.data.means === 'direct-debit') {
      debits.set(fact.data.paymentId, new Set(fact.data.allocations.map(({ instalment }) => instalment)));
    } else if (isFact(fact, 'collection.payment-reversed.v1')) {
      const instalments = debits.get(fact.data.paymentId);
      const { action, isOurFault } = returnReasonOf(fact.data.reason, Day.of(fact.effectiveon));
      if (instalments) returned.push({ instalments, action, isOurFault });
    }
  }
  return returned;
}

interface Failure {
  /** The due date, or the day on which we had its debit collected where we presented it too late for it. */
  readonly collectedOn: Day;
  readonly isOurFault: boolean;
  /** The first failure for want of funds, and none on the due date before: carried to the next (domain 3.4). */
  readonly isCarried: boolean;
  readonly nextDue: Day | null;
}

interface Known {
  readonly returns: readonly Returned[];
  readonly debits: ReadonlyMap<string, DebitHistory>;
}

function failureOf({ instalment, dueOn }: AskedHistory, { returns, debits }: Known, dueDates: readonly string[]): Failure {
  const debited = debits.get(instalment);
  const collectedOn = debited?.firstCollectedOn ?? dueOn;
  const next = dueDates.find((day) => day > dueOn.iso);
  const nextDue = next === undefined ? null : Day.of(next);
  const last = debited?.returns.at(-1);
  // A debit of ours: what was decided when it came back. One that Urssaf made, told of by its money alone: what its reason says.
  if (last) {
    const isOurFault = debited?.returns.every((each) => each.isOurFault) ?? false;
    return { collectedOn, isOurFault, isCarried: last.outcome === 'carried', nextDue: last.againOn ?? nextDue };
  }
  const mine = returns.filter(({ instalments }) => instalments.has(instalment));
  if (mine.length === 0) return { collectedOn, isOurFault: false, isCarried: false, nextDue: null };
  const isCarried = mine.length === 1 && mine[0]?.action === 'carry';
  return { collectedOn, isOurFault: mine.every((each) => each.isOurFault), isCarried, nextDue };
}
