import { isSurcharge } from '@isu/account';
import { inLegalOrder } from '@isu/calc';
import { Day, Money } from '@isu/values';

/** A line of an instalment in force on which something is still owed. */
export interface OpenLine {
  readonly instalment: string;
  readonly dueOn: Day;
  readonly year: number;
  readonly code: string;
  readonly remaining: Money;
}

/** Money to place. */
export interface ReceivedMoney {
  readonly amount: Money;
  /** The day it was received. */
  readonly valueOn: Day;
  /** The instalments that the payer named, by the reference of the notice or by choosing them online; none as often as not. */
  readonly meantFor: readonly string[];
}

export interface PlacedPart {
  readonly instalment: string;
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
}

/** Parts and credit add up to the money received, to the cent. */
export interface Placement {
  readonly parts: readonly PlacedPart[];
  readonly credit: Money;
}

/**
 * Places money on debts (imputation; CSS art. D. 133-4, and our reading where it is silent): first the instalment that the
 * payer named, or the one due on the very day of receipt; then what is already due, oldest first; inside a due date the
 * legal order; then surcharges, oldest first, for they are given up once the principal is paid. What no debt takes is credit of the account: it is never moved silently to an instalment not yet due.
 */
export function placeMoney(money: ReceivedMoney, openLines: readonly OpenLine[]): Placement {
  const isFirst = (line: OpenLine) =>
    money.meantFor.length === 0 ? line.dueOn.equals(money.valueOn) : money.meantFor.includes(line.instalment);
  const { principal, surcharges } = bySort(openLines);
  const due = (line: OpenLine) => !isFirst(line) && !line.dueOn.isAfter(money.valueOn);
  return payInOrder(money.amount, [() => principal.filter(isFirst), () => principal.filter(due), () => surcharges]);
}

/** Places credit that waited: the debts given, oldest due first, surcharges last (« du plus ancien au plus récent », CSS R. 613-1-3). */
export function placeOldestFirst(amount: Money, openLines: readonly OpenLine[]): Placement {
  const { principal, surcharges } = bySort(openLines);
  return payInOrder(amount, [() => principal, () => surcharges]);
}

/** Each rank of debts, oldest first, looked at only once those before are paid. */
function payInOrder(amount: Money, ranks: readonly (() => readonly OpenLine[])[]): Placement {
  let left = amount;
  const parts: PlacedPart[] = [];
  for (const rank of ranks) {
    if (!left.isPositive) break;
    for (const { instalment, year, code, remaining } of byDueDate(rank())) {
      if (!left.isPositive) break;
      const part = Money.min(left, remaining);
      if (!part.isPositive) continue;
      left = left.minus(part);
      parts.push({ instalment, year, code, amount: part });
    }
  }
  return { parts, credit: left };
}

function bySort(lines: readonly OpenLine[]): Readonly<Record<'principal' | 'surcharges', OpenLine[]>> {
  const [principal, surcharges]: [OpenLine[], OpenLine[]] = [[], []];
  for (const line of lines) (isSurcharge(line) ? surcharges : principal).push(line);
  return { principal, surcharges };
}

/** Oldest due date first, the legal order inside it. */
function byDueDate(lines: readonly OpenLine[]): OpenLine[] {
  const groups = new Map<string, OpenLine[]>();
  for (const line of lines) {
    const key = `${line.dueOn.iso}/${line.instalment}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => inLegalOrder(group));
}
