import { inLegalOrder, rankInLegalOrder, spreadAgain, type OwedLine, type Slot } from '@isu/calc';
import { assert, Day, Money } from '@isu/values';
import { asked, isSettled, meansOf, remains, type DebtLine, type Instalment } from './schedule.js';

/** Everything that a civil year's calendar is decided from. */
export interface Plan {
  /** The civil year planned. */
  readonly year: number;
  /** Every instalment in force, those of other civil years included. */
  readonly instalments: readonly Instalment[];
  /** Every line owed by the assessments in force, up to this contribution year. */
  readonly owed: readonly OwedLine[];
  /** What falls due before this day stands as it is. */
  readonly from: Day;
  /** Contribution years that must be cut again, beside those where calendar and assessment do not ask the same. */
  readonly changed: ReadonlySet<number>;
  /** The due dates of the year when it has no calendar yet, or another periodicity from `from` on. */
  readonly slots: readonly Slot[] | null;
  /** The due date to ask what is left on when none remains in the year, which is seldom. */
  readonly afterwards: () => Slot;
}

/**
 * Cuts again what a civil year still has to ask. What has fallen due or was paid whole in advance stands; a part paid in advance
 * stays where it was paid; what is then left of each contribution year that changed is cut equally over the due dates still to
 * come (CSS R. 131-5, R. 133-26, R. 133-27). When less is owed than is asked, the instalments to come fall to zero, then what is
 * unpaid of the others goes down, the latest due first: nobody is asked for, or chased for, what is not owed any more.
 */
export function replan(plan: Plan): Instalment[] {
  const open = plan.instalments.filter((instalment) => isOpen(plan, instalment));
  const standing = plan.instalments.filter((instalment) => !open.includes(instalment));
  const cut = yearsToCut(plan);
  const kept = open.map((instalment) => ({ ...instalment, lines: keptLines(instalment.lines, cut) }));
  const owed = inLegalOrder(plan.owed.filter(({ year }) => cut.has(year)));
  const settled = spreadOverSlots(plan, { standing: [...standing, ...kept], owed, slots: slotsOf(plan, open, standing) });
  const [asking, owing] = [askedByYear(settled), totalsOf(owed)];
  const tooMuch = [...cut].filter((year) => (asking.get(year) ?? 0) > (owing.get(year) ?? 0));
  const lowered = tooMuch.reduce((instalments, year) => lowerToOwed(instalments, { year, owed }), settled);
  const planned = lowered.filter(
    ({ id, lines }) => lines.length > 0 || plan.slots === null || !open.some((one) => one.id === id) || isSlot(plan, id),
  );
  assertAsksWhatIsOwed(planned, { cut, owing });
  return planned.sort(byDueDate);
}

const isOpen = ({ year, from }: Plan, instalment: Instalment): boolean =>
  // What turnovers make due is paid with them, and never cut again.
  instalment.schedule === year && instalment.means !== 'online' && instalment.dueOn.atLeast(from) && !isSettled(instalment);

const isSlot = ({ slots }: Plan, id: string): boolean => slots?.some((slot) => slot.id === id) ?? false;

const byDueDate = (a: Instalment, b: Instalment): number => a.dueOn.compare(b.dueOn) || (a.id < b.id ? -1 : 1);

/** The contribution years whose calendar must change. Another calendar changes all that the year planned still asks. */
function yearsToCut({ owed, instalments, changed, slots, year }: Plan): Set<number> {
  const [asking, owing] = [askedByYear(instalments), totalsOf(owed)];
  const years = new Set([...owing.keys(), ...asking.keys()]);
  const isOff = (of: number): boolean => (owing.get(of) ?? 0) !== (asking.get(of) ?? 0);
  return new Set([...years].filter((of) => of <= year && (slots !== null || changed.has(of) || isOff(of))).sort((a, b) => a - b));
}

const linesOf = (instalments: readonly Instalment[]): DebtLine[] => instalments.flatMap(({ lines }) => lines);

type Totals = ReadonlyMap<number, number>;

/** By contribution year, in cents: one walk over the hundreds of lines that an account may have, without gathering them. */
function totalsOf(lines: readonly OwedLine[], totals = new Map<number, number>()): Map<number, number> {
  for (const { year, amount } of lines) totals.set(year, (totals.get(year) ?? 0) + amount.cents);
  return totals;
}

function askedByYear(instalments: readonly Instalment[]): Totals {
  const totals = new Map<number, number>();
  for (const { lines } of instalments) totalsOf(lines, totals);
  return totals;
}

const totalOf = (lines: readonly { year: number; amount: Money }[], year: number): Money =>
  Money.sum(lines.filter((line) => line.year === year).map(({ amount }) => amount));

/** Of an instalment still to come: lines of years that do not change, and of the others what was paid in advance. */
function keptLines(lines: readonly DebtLine[], cut: ReadonlySet<number>): DebtLine[] {
  const kept: DebtLine[] = [];
  for (const line of lines) {
    if (!cut.has(line.year)) kept.push(line);
    else if (!line.paid.isZero) kept.push({ ...line, amount: line.paid });
  }
  return kept;
}

/** The due dates announced and still to come, or those of the new calendar that no standing instalment has taken. */
function slotsOf({ slots }: Plan, open: readonly Instalment[], standing: readonly Instalment[]): Slot[] {
  const taken = new Set(standing.map(({ id }) => id));
  return (slots ?? open).filter(({ id }) => !taken.has(id)).map(({ id, dueOn }) => ({ id, dueOn }));
}

interface Spread {
  readonly standing: readonly Instalment[];
  readonly owed: readonly OwedLine[];
  readonly slots: readonly Slot[];
}

function spreadOverSlots({ year, afterwards }: Plan, { standing, owed, slots }: Spread): Instalment[] {
  const spread = (over: readonly Slot[]) => spreadAgain({ standing, open: over, owed }).slice(standing.length);
  const added = slots.length > 0 ? spread(slots) : spread([afterwards()]).filter(({ lines }) => lines.length > 0);
  const byId = new Map(standing.map((instalment) => [instalment.id, instalment]));
  for (const { id, dueOn, lines } of added) {
    const kept = byId.get(id)?.lines ?? [];
    const unpaid = lines.map(({ year: of, code, amount }) => ({ year: of, code, amount, paid: Money.zero }));
    byId.set(id, {
      id,
      schedule: year,
      dueOn,
      means: meansOf(id),
      lines: inLegalOrder(kept.length > 0 ? merged([...kept, ...unpaid]) : unpaid),
    });
  }
  return [...byId.values()];
}

function merged(lines: readonly DebtLine[]): DebtLine[] {
  const byDebt = new Map<string, DebtLine>();
  for (const line of lines) {
    const key = `${line.year}/${line.code}`;
    const before = byDebt.get(key);
    byDebt.set(key, before ? { ...before, amount: before.amount.plus(line.amount), paid: before.paid.plus(line.paid) } : line);
  }
  return [...byDebt.values()];
}

/** Takes off unpaid debts what a year asks too much: first of the contributions that went down, then of any. */
function lowerToOwed(instalments: readonly Instalment[], { year, owed }: { year: number; owed: readonly OwedLine[] }): Instalment[] {
  const lines = linesOf(instalments).filter((line) => line.year === year);
  let excess = totalOf(lines, year).minus(totalOf(owed, year));
  if (!excess.isPositive) return [...instalments];
  const overasked = new Map<string, Money>();
  for (const { code, amount } of lines) overasked.set(code, (overasked.get(code) ?? Money.zero).plus(amount));
  for (const { code, amount } of owed.filter((line) => line.year === year))
    overasked.set(code, (overasked.get(code) ?? Money.zero).minus(amount));

  const takenOff = new Map<DebtLine, Money>();
  const take = (line: DebtLine, most: Money): Money => {
    const before = takenOff.get(line) ?? Money.zero;
    const amount = Money.max(Money.zero, Money.min(Money.min(excess, most), remains(line).minus(before)));
    takenOff.set(line, before.plus(amount));
    excess = excess.minus(amount);
    return amount;
  };
  const latestFirst = [...instalments]
    .sort(byDueDate)
    .reverse()
    .flatMap((instalment) => [...instalment.lines].filter((line) => line.year === year).sort(lastPaidFirst));
  for (const line of latestFirst) {
    const most = overasked.get(line.code) ?? Money.zero;
    overasked.set(line.code, most.minus(take(line, most)));
  }
  for (const line of latestFirst) take(line, excess);
  return instalments.map((instalment) => ({
    ...instalment,
    lines: instalment.lines.flatMap((line) => {
      const amount = line.amount.minus(takenOff.get(line) ?? Money.zero);
      return amount.isZero ? [] : [{ ...line, amount }];
    }),
  }));
}

const lastPaidFirst = (a: DebtLine, b: DebtLine): number => rankInLegalOrder(b.code) - rankInLegalOrder(a.code);

function assertAsksWhatIsOwed(instalments: readonly Instalment[], { cut, owing }: { cut: ReadonlySet<number>; owing: Totals }): void {
  const asking = askedByYear(instalments);
  for (const year of cut) {
    const tooMuch = (asking.get(year) ?? 0) - (owing.get(year) ?? 0);
    assert(tooMuch >= 0, 'the calendar asks all that is owed for a year');
    const isPaid = (): boolean => linesOf(instalments).every((line) => line.year !== year || remains(line).isZero);
    assert(tooMuch === 0 || isPaid(), 'the calendar asks more than is owed only where it has been paid');
  }
}

export const totalAsked = (instalments: readonly Instalment[]): Money => Money.sum(instalments.map(asked));
