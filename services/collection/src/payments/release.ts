import { assert, Money } from '@isu/values';
import type { Instalment } from '../schedules/schedule.js';
import type { PlacedPart } from './allocation.js';
import type { Payment } from './payment.js';

/** Parts of debts that are paid less than before, and those that are paid more by it. */
export interface PaidDifference {
  readonly released: readonly PlacedPart[];
  readonly placed: readonly PlacedPart[];
}

type Place = Omit<PlacedPart, 'amount'>;
const placeOf = ({ instalment, year, code }: Place): string => `${instalment}/${year}/${code}`;

/** What the same account pays of each debt before and after its due dates were called again: no money came or went meanwhile. */
export function paidDifference(before: readonly Instalment[], after: readonly Instalment[]): PaidDifference {
  const [was, is] = [new Set(before), new Set(after)];
  const moved = new Map<string, PlacedPart>();
  const count = (instalments: readonly Instalment[], sign: 1 | -1): void => {
    for (const { id: instalment, lines } of instalments) {
      for (const { year, code, paid } of lines) {
        if (paid.isZero) continue;
        const place = { instalment, year, code };
        const earlier = moved.get(placeOf(place))?.amount ?? Money.zero;
        moved.set(placeOf(place), { ...place, amount: sign === 1 ? earlier.plus(paid) : earlier.minus(paid) });
      }
    }
  };
  // A due date that stands is the same object: an account has hundreds of lines, and few of them change.
  count(
    after.filter((instalment) => !was.has(instalment)),
    1,
  );
  count(
    before.filter((instalment) => !is.has(instalment)),
    -1,
  );
  const parts = [...moved.values()];
  return {
    released: parts.filter(({ amount }) => amount.isNegative).map((part) => ({ ...part, amount: part.amount.negated() })),
    placed: parts.filter(({ amount }) => amount.isPositive),
  };
}

/** A payment out of which money was taken, with what of it was placed again at once. */
export interface ReleasedPayment extends PaidDifference {
  readonly before: Payment;
  readonly after: Payment;
}

/**
 * Finds the payments that had paid what is taken back, the last money that came first, and gives what is placed again to the money that was taken
 * out of the same due date. Payments by value date, the latest first; all of one account.
 */
export function releaseOf(payments: readonly Payment[], { released, placed }: PaidDifference): ReleasedPayment[] {
  const taken = new Map<Payment, PlacedPart[]>();
  for (const part of released) {
    let left = part.amount;
    for (const payment of payments) {
      const amount = Money.min(left, allocatedTo(payment, part));
      if (!amount.isPositive) continue;
      left = left.minus(amount);
      taken.set(payment, [...(taken.get(payment) ?? []), { ...part, amount }]);
    }
    assert(left.isZero, 'what is taken back had been paid by payments that stand');
  }
  // The oldest first, whichever debt was found first that it had paid.
  const oldestFirst = payments.filter((payment) => taken.has(payment)).reverse();
  const again = placeAgain(
    oldestFirst.map((payment) => [payment, taken.get(payment) ?? []] as const),
    placed,
  );
  return [...taken].map(([before, parts]): ReleasedPayment => {
    const mine = again.get(before) ?? [];
    const freed = sumOf(parts).minus(sumOf(mine));
    const allocations = withParts(before.allocations, parts, mine);
    const placings = before.placings + (mine.length > 0 ? 2 : 1);
    return { before, released: parts, placed: mine, after: { ...before, allocations, credit: before.credit.plus(freed), placings } };
  });
}

const sumOf = (parts: readonly PlacedPart[]): Money => Money.sum(parts.map(({ amount }) => amount));

const allocatedTo = ({ allocations }: Payment, place: Place): Money =>
  sumOf(allocations.filter((part) => placeOf(part) === placeOf(place)));

/** The oldest money first, of what was taken out of the due date that is paid again. */
function placeAgain(
  oldestFirst: readonly (readonly [Payment, readonly PlacedPart[]])[],
  placed: readonly PlacedPart[],
): Map<Payment, PlacedPart[]> {
  const again = new Map<Payment, PlacedPart[]>();
  for (const part of placed) {
    let left = part.amount;
    for (const [payment, parts] of oldestFirst) {
      const ofDueDate = (of: readonly PlacedPart[]): Money => sumOf(of.filter(({ instalment }) => instalment === part.instalment));
      const amount = Money.min(left, ofDueDate(parts).minus(ofDueDate(again.get(payment) ?? [])));
      if (!amount.isPositive) continue;
      left = left.minus(amount);
      again.set(payment, [...(again.get(payment) ?? []), { ...part, amount }]);
    }
    assert(left.isZero, 'what is placed again inside a due date was taken out of it');
  }
  return again;
}

/** Where a payment stands once parts of it were taken back and others placed; the same debt paid twice by one payment is one allocation. */
export function withParts(allocations: readonly PlacedPart[], taken: readonly PlacedPart[], placed: readonly PlacedPart[]): PlacedPart[] {
  const sums = new Map<string, PlacedPart>();
  const add = (part: PlacedPart, sign: 1 | -1): void => {
    const earlier = sums.get(placeOf(part))?.amount ?? Money.zero;
    sums.set(placeOf(part), { ...part, amount: sign === 1 ? earlier.plus(part.amount) : earlier.minus(part.amount) });
  };
  for (const part of [...allocations, ...placed]) add(part, 1);
  for (const part of taken) add(part, -1);
  return [...sums.values()].filter(({ amount }) => !amount.isZero);
}
