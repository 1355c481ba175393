import { Money, shareByWeights, shareEqually } from '@isu/values';
import type { Slot } from './calendar.js';

/** An amount owed for one contribution of one contribution year. */
export interface OwedLine {
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
}

/** A due date with what is asked on it; lines of zero are left out. */
export interface Instalment extends Slot {
  readonly lines: readonly OwedLine[];
}

/**
 * Cuts what is owed into equal payments over the due dates: whole euros, the last payment carries the rest. Inside a
 * payment the lines take their cumulative share in the order given (the legal order of allocation), rounded to the cent so
 * that payments and lines both add up, the rest on the last. 11 992 € over 12 = 11 × 999 € + 1 003 €.
 */
export function cutEqually(owed: readonly OwedLine[], slots: readonly Slot[]): Instalment[] {
  const opened = slots.map(openedAt);
  cutOver(owed, opened);
  return opened;
}

/** A due date while years are being spread over it, one after the other. */
interface OpenedSlot extends Slot {
  readonly lines: OwedLine[];
}

const openedAt = ({ id, dueOn }: Slot): OpenedSlot => ({ id, dueOn, lines: [] });

function cutOver(owed: readonly OwedLine[], slots: readonly OpenedSlot[]): void {
  const total = Money.sum(owed.map((line) => line.amount));
  if (slots.length === 0 || !total.isPositive) return;
  const payments = shareEqually(total, slots.length, 'euro');
  const shares = cumulativeShares(
    payments.map((payment) => payment.cents),
    owed.map((line) => line.amount.cents),
  );
  slots.forEach(({ lines }, rank) => {
    owed.forEach(({ year, code }, column) => {
      const cents = shares[rank]?.[column] ?? 0;
      if (cents !== 0) lines.push({ year, code, amount: Money.cents(cents) });
    });
  });
}

/**
 * A table of cents whose rows add up to `rows` and columns to `columns`: each corner of it, from the first row and column,
 * holds its proportional part to the nearest cent. Where rounding would turn a tiny cell negative, the table is filled
 * row by row instead (each payment pays the first lines that are still owed).
 */
function cumulativeShares(rows: readonly number[], columns: readonly number[]): number[][] {
  const upTo = runningSums(columns);
  const total = upTo.at(-1) ?? 0;
  // One walk, cell by cell: an account that is called is cut in a hundred cells, and calls come by the million.
  let above: readonly number[] = columns.map(() => 0);
  let isNegative = false;
  const table = runningSums(rows).map((rowSum) => {
    const corner = upTo.map((columnSum) => roundedPart(rowSum, columnSum, total));
    let rowBefore = 0;
    const cells = corner.map((value, column) => {
      const row = value - (above[column] ?? 0);
      const cents = row - rowBefore;
      if (cents < 0) isNegative = true;
      rowBefore = row;
      return cents;
    });
    above = corner;
    return cells;
  });
  return isNegative ? filledInOrder(rows, columns) : table;
}

/** `rowSum × columnSum / total`, half a cent up: exact, and without large integers for amounts that a person owes. */
function roundedPart(rowSum: number, columnSum: number, total: number): number {
  const dividend = 2 * rowSum * columnSum + total;
  const divisor = 2 * total;
  if (!Number.isSafeInteger(dividend) || dividend < 0)
    return Number((2n * BigInt(rowSum) * BigInt(columnSum) + BigInt(total)) / (2n * BigInt(total)));
  return (dividend - (dividend % divisor)) / divisor;
}

function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function filledInOrder(rows: readonly number[], columns: readonly number[]): number[][] {
  const left = [...columns];
  return rows.map((row) => {
    let toPlace = row;
    return left.map((owed, column) => {
      const placed = Math.min(owed, toPlace);
      left[column] = owed - placed;
      toPlace -= placed;
      return placed;
    });
  });
}

/** The contribution that is asked whole: on the February payment, and since 2018 on that of November (on the next one once past). */
const askedWhole = 'cfp';
const monthAskedWhole = [
  { fromYear: 2018, slot: /-(?:11|Q4)$/, source: 'Urssaf, notice du 15 juin 2018' },
  { fromYear: 2012, slot: /-(?:02|Q1)$/, source: 'Article de 2016 : CFP de l’année précédente, en février' },
];
const isAskedWhole = (slot: Slot, year: number): boolean =>
  monthAskedWhole.find((rule) => year >= rule.fromYear)?.slot.test(slot.id) ?? false;

/**
 * Spreads again what a year's schedule asks, after an assessment has changed: payments due before `from` stand as they
 * are, what remains of each contribution year is cut equally over the payments still to fall due, one year apart from the
 * other (CSS R. 133-26, R. 133-27, R. 131-5). When less is owed than the standing payments ask, the others fall to zero.
 */
export function spreadAgain(input: { standing: readonly Instalment[]; open: readonly Slot[]; owed: readonly OwedLine[] }): Instalment[] {
  const years = [...new Set(input.owed.map((line) => line.year))].sort((a, b) => a - b);
  const asked = askedByDebt(input.standing, years);
  const opened = input.open.map(openedAt);
  for (const year of years) {
    const owed = input.owed.filter((line) => line.year === year);
    spreadOneYear(stillOwed(owed, asked.get(year)), opened);
  }
  return [...input.standing, ...opened];
}

function spreadOneYear(owed: readonly OwedLine[], slots: readonly OpenedSlot[]): void {
  const whole = owed.filter((line) => line.code === askedWhole && line.amount.isPositive);
  cutOver(
    owed.filter((line) => line.code !== askedWhole),
    slots,
  );
  const year = whole[0]?.year ?? 0;
  const asked = Math.max(
    0,
    slots.findIndex((slot) => isAskedWhole(slot, year)),
  );
  slots[asked]?.lines.push(...whole);
}

type AskedByCode = ReadonlyMap<string, number>;

/** By year and contribution, what the standing payments ask; of these years alone. In cents: an account may have hundreds of lines. */
function askedByDebt(standing: readonly Instalment[], years: readonly number[]): ReadonlyMap<number, AskedByCode> {
  const asked = new Map(years.map((year) => [year, new Map<string, number>()]));
  for (const { lines } of standing) {
    for (const { year, code, amount } of lines) {
      const ofYear = asked.get(year);
      if (ofYear) ofYear.set(code, (ofYear.get(code) ?? 0) + amount.cents);
    }
  }
  return asked;
}

/** What the standing payments do not ask yet, line by line. Lines that they ask too much of lower the others in proportion. */
function stillOwed(owed: readonly OwedLine[], asked: AskedByCode = new Map()): OwedLine[] {
  const rests = owed.map(({ year, code, amount }) => ({ year, code, amount: amount.minus(Money.cents(asked.get(code) ?? 0)) }));
  const total = Money.sum(rests.map((line) => line.amount));
  if (!total.isPositive) return [];
  if (!rests.some((line) => line.amount.isNegative)) return rests;
  const positive = rests.filter((line) => line.amount.isPositive);
  const lowered = shareByWeights(
    total,
    positive.map((line) => line.amount),
  );
  return positive.map((line, rank) => ({ ...line, amount: lowered[rank] ?? Money.zero }));
}
