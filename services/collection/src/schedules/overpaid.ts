import { rankInLegalOrder, type OwedLine } from '@isu/calc';
import { Money } from '@isu/values';
import { isPrincipal } from '../surcharges/asked-history.js';
import type { DebtLine, Instalment } from './schedule.js';

interface Overpaid {
  readonly owed: readonly OwedLine[];
  /** Years that are called on an estimate: what was paid beyond it stays until the real income is known (CSS R. 131-5). */
  readonly kept: ReadonlySet<number>;
}

/**
 * Takes back what was paid of a contribution year beyond what it owes. What the year as a whole does not owe is asked no more and paid no more,
 * the latest due first: it will be credit. Where one contribution fell and another rose, what is paid of the one goes to the other inside
 * the same due date (CSS D. 133-4), so that nobody gets back with one hand what is asked with the other.
 */
export function takeBackOverpaid(instalments: readonly Instalment[], { owed, kept }: Overpaid): Instalment[] {
  return overpaidYears(instalments, owed)
    .filter((year) => !kept.has(year))
    .reduce((standing, year) => settleYear(standing, year, owed), [...instalments]);
}

/** In cents and in one walk: nearly nobody has paid too much, and an account may have hundreds of lines. */
function overpaidYears(instalments: readonly Instalment[], owed: readonly OwedLine[]): number[] {
  const unpaid = new Map<number, Map<string, number>>();
  for (const { year, code, amount } of owed) {
    const ofYear = unpaid.get(year) ?? new Map<string, number>();
    unpaid.set(year, ofYear.set(code, (ofYear.get(code) ?? 0) + amount.cents));
  }
  for (const { lines } of instalments) {
    for (const { year, code, paid } of lines) {
      const ofYear = paid.isPositive ? unpaid.get(year) : undefined;
      ofYear?.set(code, (ofYear.get(code) ?? 0) - paid.cents);
    }
  }
  const isOverpaid = (ofYear: ReadonlyMap<string, number>): boolean => [...ofYear.values()].some((cents) => cents < 0);
  return [...unpaid].flatMap(([year, ofYear]) => (isOverpaid(ofYear) ? [year] : [])).sort();
}

function settleYear(instalments: readonly Instalment[], year: number, owed: readonly OwedLine[]): Instalment[] {
  const lines = instalments.flatMap((instalment) => instalment.lines).filter((line) => line.year === year);
  const [due, paid, asked] = [sumByCode(owed.filter((line) => line.year === year)), sumByCode(lines, 'paid'), sumByCode(lines)];
  const over = new Map([...paid].map(([code, amount]) => [code, amount.minus(due.get(code) ?? Money.zero)]));
  const room = new Map([...due].map(([code, amount]) => [code, amount.minus(asked.get(code) ?? Money.zero)]));
  let excess = Money.sum([...paid.values()]).minus(Money.sum([...due.values()]));
  const settled = new Map(instalments.map((instalment) => [instalment.id, instalment]));
  for (const { id, line } of latestFirst(instalments, year)) {
    const mine = over.get(line.code) ?? Money.zero;
    const gone = least(excess, mine, line.paid);
    const moved = isPrincipal(line) ? placesFor(least(mine.minus(gone), line.paid.minus(gone)), room) : [];
    const taken = gone.plus(Money.sum(moved.map(({ amount }) => amount)));
    if (!taken.isPositive) continue;
    excess = excess.minus(gone);
    over.set(line.code, mine.minus(taken));
    const instalment = settled.get(id);
    if (instalment) settled.set(id, { ...instalment, lines: moveInside(instalment.lines, line, taken, moved) });
  }
  return instalments.map((instalment) => settled.get(instalment.id) ?? instalment);
}

function sumByCode(lines: readonly (OwedLine | DebtLine)[], what: 'amount' | 'paid' = 'amount'): Map<string, Money> {
  const sums = new Map<string, Money>();
  for (const line of lines) {
    const money = what === 'paid' && 'paid' in line ? line.paid : line.amount;
    sums.set(line.code, (sums.get(line.code) ?? Money.zero).plus(money));
  }
  return sums;
}

function latestFirst(instalments: readonly Instalment[], year: number): { id: string; line: DebtLine }[] {
  return [...instalments]
    .sort((a, b) => b.dueOn.compare(a.dueOn) || (a.id < b.id ? 1 : -1))
    .flatMap(({ id, lines }) =>
      lines
        .filter((line) => line.year === year && line.paid.isPositive)
        .sort((a, b) => rankInLegalOrder(b.code) - rankInLegalOrder(a.code))
        .map((line) => ({ id, line })),
    );
}

/** What other contributions of the year still lack, in the legal order; takes it out of `room`. */
function placesFor(amount: Money, room: Map<string, Money>): { code: string; amount: Money }[] {
  let left = amount;
  const codes = [...room.keys()].filter((code) => isPrincipal({ code })).sort((a, b) => rankInLegalOrder(a) - rankInLegalOrder(b));
  return codes.flatMap((code) => {
    const part = least(left, room.get(code) ?? Money.zero);
    if (!part.isPositive) return [];
    left = left.minus(part);
    room.set(code, (room.get(code) ?? Money.zero).minus(part));
    return [{ code, amount: part }];
  });
}

const least = (...amounts: readonly Money[]): Money =>
  Money.max(
    Money.zero,
    amounts.reduce((a, b) => Money.min(a, b)),
  );

function moveInside(
  lines: readonly DebtLine[],
  { year, code }: DebtLine,
  taken: Money,
  moved: readonly { code: string; amount: Money }[],
): DebtLine[] {
  const changed = new Map(lines.map((line) => [`${line.year}/${line.code}`, line]));
  const add = (to: string, amount: Money): void => {
    const key = `${year}/${to}`;
    const line = changed.get(key) ?? { year, code: to, amount: Money.zero, paid: Money.zero };
    changed.set(key, { ...line, amount: line.amount.plus(amount), paid: line.paid.plus(amount) });
  };
  add(code, taken.negated());
  for (const part of moved) add(part.code, part.amount);
  const kept = [...changed.values()].filter(({ amount }) => !amount.isZero);
  return kept.sort((a, b) => a.year - b.year || rankInLegalOrder(a.code) - rankInLegalOrder(b.code));
}
