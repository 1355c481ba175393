import { Day, nextWorkingDay, Quarter } from '@isu/values';

/** How often a micro-entrepreneur declares, and pays with the declaration. */
export const rhythms = ['monthly', 'quarterly'] as const;
export type Rhythm = (typeof rhythms)[number];

/** A period that is declared at once: `2016-05` or `2016-Q2`. The first of an activity reaches back to its start. */
export interface Period {
  readonly id: string;
  /** The year that it is declared and priced in. */
  readonly year: number;
  /** The first day of its month or quarter, whose law prices it. */
  readonly begins: Day;
  readonly from: Day;
  readonly to: Day;
  /** Declared and paid by then: the end of the next month; on a closed day, the next open one (CSS R. 133-30-2-1). */
  readonly dueOn: Day;
}

/**
 * The first declaration of an activity covers the month of the start and the three that follow, or the quarter of the start and the next
 * one: started in January, by 31 May or by 31 July.
 */
const furtherMonthsOfFirst = 3;
const furtherQuartersOfFirst = 1;

/** The periods of a year, in order; those of before the first declaration are part of it. */
export function periodsOf(year: number, rhythm: Rhythm, startedOn: Day): Period[] {
  const first = rhythm === 'monthly' ? startedOn.firstOfMonth().plusMonths(furtherMonthsOfFirst) : firstQuarter(startedOn).first;
  return endsOf(year, rhythm)
    .filter(({ begins }) => begins.atLeast(first))
    .map(({ id, begins, to }) => ({
      ...{ id, year, begins, to, from: begins.equals(first) ? startedOn : begins },
      dueOn: nextWorkingDay(to.plusDays(1).lastOfMonth()),
    }));
}

function firstQuarter(startedOn: Day): Quarter {
  let quarter = Quarter.containing(startedOn);
  for (let further = 0; further < furtherQuartersOfFirst; further += 1) quarter = quarter.next;
  return quarter;
}

function endsOf(year: number, rhythm: Rhythm): { id: string; begins: Day; to: Day }[] {
  if (rhythm === 'quarterly') {
    return [1, 2, 3, 4].map((number) => {
      const { first, last } = Quarter.of(year, number);
      return { id: `${year}-Q${number}`, begins: first, to: last };
    });
  }
  return Array.from({ length: 12 }, (_, index) => {
    const begins = Day.at(year, index + 1, 1);
    return { id: begins.iso.slice(0, 7), begins, to: begins.lastOfMonth() };
  });
}
