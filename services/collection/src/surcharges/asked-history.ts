import { isSurcharge } from '@isu/account';
import { isFact, type Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { isChargedApart } from '../assessments/assessment.js';

/** What one due date has asked for the contributions of one year, calendar after calendar. */
export interface AskedHistory {
  readonly instalment: string;
  readonly year: number;
  readonly dueOn: Day;
  /** What was asked when the due date came: surcharges bear on it, even if the year settles lower. */
  readonly owed: Money;
  /** What later calendars took off, each on the day it was issued; negative for what they added. */
  readonly lowered: readonly { readonly amount: Money; readonly valueOn: Day }[];
}

/** Surcharges bear on contributions: not on penalties, nor on themselves. */
export const isPrincipal = (line: { readonly code: string }): boolean => !isChargedApart(line) && !isSurcharge(line);

interface Asked {
  readonly instalment: string;
  readonly year: number;
  readonly schedule: number;
  dueOn: Day;
  readonly amounts: { readonly amount: Money; readonly on: Day }[];
}

/** By due date, instalment, year: read from the calendars that were issued, in their order. */
export function askedHistories(facts: readonly Fact[]): AskedHistory[] {
  const known = new Map<string, Asked>();
  for (const fact of facts) {
    if (!isFact(fact, 'collection.schedule-issued.v1')) continue;
    const on = Day.of(fact.effectiveon);
    const asked = askedBy(fact);
    for (const [key, { instalment, year, dueOn, amount }] of asked) {
      const before = known.get(key) ?? { instalment, year, schedule: fact.data.year, dueOn, amounts: [] };
      before.dueOn = dueOn;
      before.amounts.push({ amount, on });
      known.set(key, before);
    }
    // A due date that the new calendar does not name any more asks for nothing.
    for (const [key, { schedule, amounts }] of known) {
      if (schedule === fact.data.year && !asked.has(key)) amounts.push({ amount: Money.zero, on });
    }
  }
  return [...known.values()].map(historyOf).sort((a, b) => a.dueOn.compare(b.dueOn) || (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ instalment, year }: AskedHistory): string => `${instalment} ${year}`;

interface AskedNow {
  readonly instalment: string;
  readonly year: number;
  readonly dueOn: Day;
  readonly amount: Money;
}

function askedBy({ data }: Fact<'collection.schedule-issued.v1'>): Map<string, AskedNow> {
  const asked = new Map<string, AskedNow>();
  for (const { id: instalment, dueOn, lines } of data.instalments) {
    for (const line of lines) {
      if (!isPrincipal(line)) continue;
      const key = `${instalment} ${line.year}`;
      const amount = (asked.get(key)?.amount ?? Money.zero).plus(Money.of(line.amount));
      asked.set(key, { instalment, year: line.year, dueOn: Day.of(dueOn), amount });
    }
  }
  return asked;
}

function historyOf({ instalment, year, dueOn, amounts }: Asked): AskedHistory {
  const atDue = amounts.findLast(({ on }) => on.atMost(dueOn)) ?? amounts[0];
  const later = atDue === undefined ? [] : amounts.slice(amounts.indexOf(atDue) + 1);
  let before = atDue?.amount ?? Money.zero;
  const lowered = later.flatMap(({ amount, on }) => {
    const difference = before.minus(amount);
    before = amount;
    return difference.isZero ? [] : [{ amount: difference, valueOn: on }];
  });
  return { instalment, year, dueOn, owed: atDue?.amount ?? Money.zero, lowered };
}
