import { Day, nextWorkingDay } from '@isu/values';

export interface UpcomingDeclaration {
  readonly rhythm: 'monthly' | 'quarterly';
  /** What is declared: `avril 2016`, `2e trimestre 2016`. */
  readonly period: string;
  readonly by: Day;
}

const ordinals = ['1er', '2e', '3e', '4e'] as const;

/**
 * The next two dates of each rhythm (CSS, art. R. 133-30-2): by the end of the month that follows the period; a day that is not worked
 * moves to the next one that is.
 */
export function upcomingDeclarations(today: Day): UpcomingDeclaration[] {
  const monthly = [-2, -1, 0, 1].map((months) => ofMonth(today.firstOfMonth().plusMonths(months)));
  const quarterly = [-2, -1, 0, 1].map((quarters) => ofQuarter(firstOfQuarter(today).plusMonths(3 * quarters)));
  return [monthly, quarterly].flatMap((all) => all.filter(({ by }) => by.atLeast(today)).slice(0, 2));
}

const ofMonth = (first: Day): UpcomingDeclaration => ({
  rhythm: 'monthly',
  period: first.print().replace(/^\S+ /, ''),
  by: nextWorkingDay(first.plusMonths(1).lastOfMonth()),
});

const ofQuarter = (first: Day): UpcomingDeclaration => ({
  rhythm: 'quarterly',
  period: `${ordinals[(first.month - 1) / 3] ?? ''} trimestre ${String(first.year)}`,
  by: nextWorkingDay(first.plusMonths(3).lastOfMonth()),
});

const firstOfQuarter = (day: Day): Day => day.firstOfMonth().minusMonths((day.month - 1) % 3);
