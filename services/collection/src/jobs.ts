import { daily, Refusal, yearlyOn, type Job } from '@isu/chassis';
import type { AccountingDaysService } from './accounting/accounting-days.service.js';
import type { ProvisionalRunsService } from './runs/provisional-runs.service.js';

interface UseCases {
  readonly days: AccountingDaysService;
  readonly runs: ProvisionalRunsService;
}

/** Everything collection owes for dates. */
export const jobs = ({ days, runs }: UseCases): readonly Job[] => [
  {
    name: 'accounting-close',
    title: 'Arrêté de la journée comptable',
    calendar: daily,
    onceOver: true,
    run: async ({ date, correlation, held }) => {
      const { transactions, total } = await days.close(date, correlation, held);
      return { écritures: transactions, total: total.toString() };
    },
  },
  {
    // Before the first debit of the year, on 5 January, by more than the fifteen days that a notice takes.
    name: 'provisional-run',
    title: 'Appel provisionnel de l’année suivante',
    calendar: yearlyOn({ month: 12, dayOfMonth: 15 }),
    run: async ({ date, correlation, held }) => {
      const { seen, called } = await runs.run(date.month === 12 ? date.year + 1 : date.year, correlation, held).catch(waitsForTheOther);
      return { 'comptes vus': seen, 'comptes appelés': called };
    },
  },
];

/** Somebody has asked for the same run by its own route: it is looked at again when theirs is over. */
function waitsForTheOther(fault: unknown): never {
  if (fault instanceof Refusal && fault.code === 'run-under-way') throw new Error('the same run was asked for by hand and is under way');
  throw fault;
}
