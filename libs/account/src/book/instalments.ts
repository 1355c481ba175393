import { Money } from '@isu/values';
import type { FactData, Means } from '@isu/contracts';
import { by } from '../order.js';
import { Tally } from '../tally.js';
import type { Placement } from './money-received.js';
import type { IssuedSchedule } from './schedules.js';

/** What is to be paid on one day, and what of it is paid. */
export interface Instalment {
  readonly id: string;
  readonly dueOn: string;
  readonly means: Means;
  /** Version of the schedule in force that holds it. */
  readonly schedule: number;
  readonly amount: string;
  readonly paid: string;
  /** Negative when more was paid than a re-issued schedule still asks. */
  readonly remaining: string;
  readonly lines: readonly InstalmentLine[];
}

export interface InstalmentLine {
  readonly year: number;
  readonly code: string;
  readonly amount: string;
  readonly paid: string;
  readonly remaining: string;
}

type Scheduled = FactData<'collection.schedule-issued.v1'>['instalments'][number];

/** Of the schedules in force, by due day, id. An id held twice: the lower year keeps it; within a schedule, the first. */
export function instalmentsOf(issued: readonly IssuedSchedule[], placements: readonly Placement[]): Instalment[] {
  const paid = new Tally();
  for (const { instalment, year, code, amount } of placements) paid.add(`${instalment} ${lineKey(year, code)}`, amount);

  const instalments = new Map<string, Instalment>();
  for (const { fact, state } of issued) {
    if (state === 'replaced') continue;
    for (const scheduled of fact.data.instalments) {
      if (!instalments.has(scheduled.id)) instalments.set(scheduled.id, instalmentOf(scheduled, fact.data.version, paid));
    }
  }
  return [...instalments.values()].sort(
    by(
      (instalment) => instalment.dueOn,
      (instalment) => instalment.id,
    ),
  );
}

const lineKey = (year: number, code: string): string => `${String(year)} ${code}`;

function instalmentOf({ id, dueOn, means, lines }: Scheduled, schedule: number, paidByLine: Tally): Instalment {
  // Lines of one year and code are one line: each would else count what was paid on both.
  const asked = new Tally();
  const places = new Map<string, Scheduled['lines'][number]>();
  for (const line of lines) {
    const key = lineKey(line.year, line.code);
    asked.add(key, Money.of(line.amount));
    places.set(key, line);
  }
  let [amount, paid] = [Money.zero, Money.zero];
  const entries = [...places].map(([key, { year, code }]): InstalmentLine => {
    const [lineAmount, linePaid] = [asked.of(key), paidByLine.of(`${id} ${key}`)];
    amount = amount.plus(lineAmount);
    paid = paid.plus(linePaid);
    return { year, code, amount: lineAmount.toString(), paid: linePaid.toString(), remaining: lineAmount.minus(linePaid).toString() };
  });
  return {
    id,
    dueOn,
    means,
    schedule,
    amount: amount.toString(),
    paid: paid.toString(),
    remaining: amount.minus(paid).toString(),
    lines: entries,
  };
}
