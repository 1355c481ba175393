import { draft, readPaymentReference, type Fact, type FactDraft, type Means } from '@isu/contracts';
import { isSurcharge } from '@isu/account';
import { accounts as chart, type LedgerAccount, type Posting, type Transaction } from '@isu/ledger';
import { assert, Day, Money } from '@isu/values';
import type { Instalment } from '../schedules/schedule.js';
import { placeMoney, type OpenLine, type PlacedPart } from './allocation.js';

/** Money received, and where it went. */
export interface Payment {
  /** The id of the fact that reported it. */
  readonly paymentId: string;
  readonly account: string;
  readonly partner: string;
  /** The partner's own reference: with the partner, the identity of the money. */
  readonly reference: string;
  readonly amount: Money;
  readonly valueOn: Day;
  readonly means: Means;
  readonly allocations: readonly PlacedPart[];
  /** What no debt took and nobody was given; negative when what was refunded of it was then taken back by its bank. */
  readonly credit: Money;
  /** What was given back to the person of it, or is on its way. */
  readonly refunded: Money;
  /** How often its credit was placed later, or what it had paid became credit again. */
  readonly placings: number;
  readonly accountingDay: string;
  readonly reversedOn: Day | null;
  readonly reversalReason: string | null;
  /** The payment that this one goes on from, on an account that was withdrawn for this one (S3). */
  readonly movedFrom: string | null;
}

export type Report = Fact<'urssaf-sync.payment-reported.v1'>;

export const partnerOf = (flow: string): string => flow.slice(0, flow.indexOf('/'));

/** Money before it is placed: what was received, and what told us. */
export interface Incoming {
  readonly received: Pick<Payment, 'paymentId' | 'account' | 'partner' | 'reference' | 'amount' | 'valueOn' | 'means' | 'movedFrom'>;
  /** The instalments that the payer named, or chose online. */
  readonly meantFor: readonly string[];
  /** What of it goes on no debt: it was given back to the person, or is owed back, before it came to this account (S3). */
  readonly setAside?: Money;
  readonly reportedFact: string;
  readonly cause: string;
  readonly correlation: string;
}

/** What was chosen for each online payment order, by its number. */
export type Choices = ReadonlyMap<string, readonly string[]>;

export function incomingFrom(report: Report, chosen: Choices): Incoming {
  const { id, subject, correlation, data } = report;
  const { flow, partnerReference, amount, valueOn, means } = data;
  const identity = { paymentId: id, account: subject, partner: partnerOf(flow), reference: partnerReference, movedFrom: null };
  return {
    ...{ meantFor: meantFor(report, chosen), reportedFact: id, cause: id, correlation },
    received: { ...identity, amount: Money.of(amount), valueOn: Day.of(valueOn), means },
  };
}

/** The instalments that the payer chose online, or the one that a reference of ours names, if it speaks of this account. */
function meantFor({ subject, data }: Report, chosen: Choices): readonly string[] {
  const choice = data.order === undefined ? undefined : chosen.get(data.order);
  if (choice !== undefined) return choice;
  const named = data.paymentReference === undefined ? null : readPaymentReference(data.paymentReference);
  return named?.account === subject ? [named.instalment] : [];
}

export const openLinesOf = (instalments: Iterable<Instalment>): OpenLine[] =>
  [...instalments].flatMap(({ id, dueOn, lines }) =>
    lines.flatMap(({ year, code, amount, paid }) => {
      const remaining = amount.minus(paid);
      return remaining.isPositive ? [{ instalment: id, dueOn, year, code, remaining }] : [];
    }),
  );

/** The same instalment once parts of a payment have been placed on it, or taken off when `sign` is −1. */
export function withPaid(instalment: Instalment, parts: readonly PlacedPart[], sign: 1 | -1): Instalment {
  const lines = instalment.lines.map((line) => {
    const mine = parts.filter(({ instalment: id, year, code }) => id === instalment.id && year === line.year && code === line.code);
    const moved = Money.sum(mine.map(({ amount }) => amount));
    return { ...line, paid: sign === 1 ? line.paid.plus(moved) : line.paid.minus(moved) };
  });
  assert(
    lines.every(({ amount, paid }) => !paid.isNegative && paid.atMost(amount)),
    'a debt is paid between nothing and all of it',
  );
  return { ...instalment, lines };
}

export interface Posted {
  readonly incoming: Incoming;
  readonly payment: Omit<Payment, 'accountingDay'>;
}

/**
 * Places the money that came to one account, one payment after the other, each seeing what those before it have paid. Gives the
 * payments and the instalments as they stand afterwards, only those that were touched.
 */
export function placeInOrder(all: readonly Incoming[], due: readonly Instalment[]): { posted: Posted[]; touched: Instalment[] } {
  const standing = new Map(due.map((instalment) => [instalment.id, instalment]));
  const touched = new Set<string>();
  const posted = all.map((incoming) => {
    const { received, meantFor: named, setAside = Money.zero } = incoming;
    const toPlace = { ...received, amount: received.amount.minus(setAside), meantFor: named };
    const { parts, credit: left } = placeMoney(toPlace, openLinesOf(standing.values()));
    const credit = left.plus(setAside);
    for (const id of new Set(parts.map(({ instalment }) => instalment))) {
      const instalment = standing.get(id);
      assert(instalment !== undefined, 'money is placed on instalments that were at hand');
      standing.set(id, withPaid(instalment, parts, 1));
      touched.add(id);
    }
    assert(Money.sum([...parts.map(({ amount }) => amount), credit]).equals(received.amount), 'a payment is placed to the cent');
    return {
      incoming,
      payment: { ...received, allocations: parts, credit, refunded: Money.zero, placings: 0, reversedOn: null, reversalReason: null },
    };
  });
  return { posted, touched: [...standing.values()].filter(({ id }) => touched.has(id)) };
}

export const paymentKey = ({ paymentId }: Pick<Payment, 'paymentId'>): string => `payment/${paymentId}`;
export const placingKey = ({ paymentId }: Pick<Payment, 'paymentId'>, placing: number): string => `credit/${paymentId}/${placing}`;

/** From the debts it paid, and the credit it left, to the bank. */
export function bookingOf({ account, paymentId, valueOn, allocations, credit }: Posted['payment']): Transaction {
  const paid = allocations.map((part): Posting => ({ from: owedIn(part), to: chart.bank, amount: part.amount }));
  const kept: Posting[] = credit.isPositive ? [{ from: chart.credit, to: chart.bank, amount: credit }] : [];
  return { holder: account, key: paymentKey({ paymentId }), reason: 'payment', effectiveOn: valueOn, postings: [...byDebt(paid), ...kept] };
}

/** The account of the ledger on which a debt stands. */
export const owedIn = ({ year, code }: Pick<PlacedPart, 'year' | 'code'>): LedgerAccount =>
  isSurcharge({ code }) ? chart.surcharge(year, code) : chart.receivable(year, code);

/** Two due dates of the same contribution and year are one account of the ledger: one posting. */
export function byDebt(postings: readonly Posting[]): Posting[] {
  const summed = new Map<string, Posting>();
  for (const posting of postings) {
    const { year, code } = posting.from;
    const key = `${year}/${code}`;
    const before = summed.get(key);
    summed.set(key, before ? { ...posting, amount: before.amount.plus(posting.amount) } : posting);
  }
  return [...summed.values()];
}

/** What is moved of each debt of the ledger, whatever the due dates. */
export function perDebt(parts: readonly PlacedPart[]): Pick<PlacedPart, 'year' | 'code' | 'amount'>[] {
  const sums = new Map<string, Pick<PlacedPart, 'year' | 'code' | 'amount'>>();
  for (const { year, code, amount } of parts) {
    const earlier = sums.get(`${year}/${code}`)?.amount ?? Money.zero;
    sums.set(`${year}/${code}`, { year, code, amount: earlier.plus(amount) });
  }
  return [...sums.values()];
}

export const allocationTexts = (parts: readonly PlacedPart[]) =>
  parts.map(({ amount, code, instalment, year }) => ({ amount: amount.toString(), code, instalment, year }));

export function paymentPosted({ incoming, payment }: Posted, accountingDay: string): FactDraft {
  const { reportedFact, cause, correlation } = incoming;
  const { paymentId, account, amount, valueOn, means, allocations, credit } = payment;
  return draft({
    ...{
      stream: account,
      type: 'collection.payment-posted.v1',
      effectiveOn: valueOn.iso,
      cause,
      correlation,
    },
    data: {
      ...{ accountingDay, allocations: allocationTexts(allocations), amount: amount.toString(), credit: credit.toString() },
      ...{ means, paymentId, reportedFact, valueOn: valueOn.iso },
    },
  });
}
