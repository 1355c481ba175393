import { businessDays, daily, Refusal, yearlyOn, type Job, type JobTurn } from '@isu/chassis';
import { closeJob, type AccountingDaysService } from './accounting/accounting-days.service.js';
import type { DebitNoticesService } from './debits/debit-notices.service.js';
import type { PresentingService } from './debits/presenting.service.js';
import type { RefundRunService } from './refunds/refund-run.service.js';
import type { RunKind } from './runs/run.table.js';
import type { RunsService } from './runs/runs.service.js';
import type { SurchargesService } from './surcharges/surcharges.service.js';

interface UseCases {
  readonly days: AccountingDaysService;
  readonly runs: RunsService;
  readonly surcharges: SurchargesService;
  readonly presenting: PresentingService;
  readonly debitNotices: DebitNoticesService;
  readonly refundRun: RefundRunService;
}

/** Everything collection owes for dates. */
export const jobs = ({ days, runs, surcharges, presenting, debitNotices, refundRun }: UseCases): readonly Job[] => [
  {
    name: closeJob,
    title: 'Arrêté de la journée comptable',
    calendar: daily,
    onceOver: true,
    run: async ({ date, correlation, held }) => {
      const { transactions, total } = await days.close(date, { correlation, askedBy: null }, held);
      return { écritures: transactions, total: total.toString() };
    },
  },
  {
    // In the order of their dates: what was owed on a date that was missed is looked at as of that date.
    name: 'surcharges',
    title: 'Majorations de retard',
    calendar: daily,
    run: async (turn) => {
      const { seen, charged } = await surcharges.runFor(turn);
      return { 'comptes vus': seen, 'comptes majorés': charged };
    },
  },
  refundsOf(refundRun),
  {
    // What the bank must have today: of each due date that is so many bank days ahead, by sequence.
    name: 'direct-debits',
    title: 'Prélèvements à présenter à la banque',
    calendar: businessDays,
    run: (turn) => presentOn(presenting, turn),
  },
  {
    name: 'debit-notices',
    title: 'Avis de changement de prélèvement',
    calendar: daily,
    run: async (turn) => ({ 'personnes averties': (await debitNotices.runFor(turn)).told }),
  },
  ...yearlyRuns(runs),
];

/** What is done of each account for a year: called, settled, taxed, reminded. */
const yearlyRuns = (runs: RunsService): readonly Job[] => [
  {
    // Before the first debit of the year, on 5 January, by more than the fifteen days that a notice takes.
    name: 'provisional-run',
    title: 'Appel provisionnel de l’année suivante',
    calendar: yearlyOn({ month: 12, dayOfMonth: 15 }),
    run: (turn) => runOf(runs, 'provisional', turn.date.month === 12 ? turn.date.year + 1 : turn.date.year, turn),
  },
  {
    // After the deadline of 9 June. A declaration settles its year when it comes: this finds what it left, and what a change of the law asks again.
    name: 'regularisation-run',
    title: 'Régularisation de l’année précédente',
    calendar: yearlyOn({ month: 6, dayOfMonth: 30 }),
    run: (turn) => runOf(runs, 'regularisation', turn.date.year - 1, turn),
  },
  {
    // After the deadline of 9 June by the time that a reminder and an answer take.
    name: 'ex-officio-run',
    title: 'Taxation d’office des revenus non déclarés',
    calendar: yearlyOn({ month: 9, dayOfMonth: 1 }),
    run: (turn) => runOf(runs, 'ex-officio', turn.date.year - 1, turn),
  },
  {
    // In January, periods of the year before are declared still.
    name: 'turnover-reminders',
    title: 'Rappels de déclaration de chiffre d’affaires',
    calendar: daily,
    run: (turn) => runOf(runs, 'turnover-reminders', turn.date.month === 1 ? turn.date.year - 1 : turn.date.year, turn),
  },
  {
    // The last due date of a year is 31 January, or the next day that is open: 2 February at the latest.
    name: 'missing-turnovers',
    title: 'Chiffres d’affaires non déclarés de l’année précédente',
    calendar: yearlyOn({ month: 2, dayOfMonth: 3 }),
    run: (turn) => runOf(runs, 'missing-turnovers', turn.date.year - 1, turn),
  },
];

/** Every business day, as of the day on which it is done: what is late leaves at once. */
const refundsOf = (refundRun: RefundRunService): Job => ({
  name: 'refunds',
  title: 'Remboursements des crédits',
  calendar: businessDays,
  takesInEarlier: true,
  run: async (turn) => {
    const { ordered, toApprove, sent, settled } = await refundRun.runFor(turn);
    return { ordonnés: ordered, 'à valider': toApprove, transmis: sent, versés: settled };
  },
});

async function runOf(runs: RunsService, kind: RunKind, year: number, { correlation, held }: JobTurn) {
  const { seen, called } = await runs.run(kind, year, correlation, held).catch(waitsForTheOther);
  return { 'comptes vus': seen, 'comptes appelés': called };
}

async function presentOn(presenting: PresentingService, { date, correlation, held }: JobTurn) {
  const runs = [];
  for (const dueOn of await presenting.dueDatesOn(date)) runs.push(await presenting.present(dueOn, correlation, held).catch(waits));
  return {
    échéances: runs
      .filter(({ presented }) => presented > 0)
      .map(({ dueOn }) => dueOn.iso)
      .join(', '),
    prélèvements: runs.reduce((sum, { presented }) => sum + presented, 0),
    fichiers: runs.reduce((sum, { messages }) => sum + messages, 0),
  };
}

/** What an operator has still to say keeps the date owed: a refusal would be its outcome, and its debits would never leave. */
function waits(fault: unknown): never {
  if (fault instanceof Refusal && fault.code === 'creditor-account-unknown') throw new Error('ISU_CREDITOR_IBAN is not given');
  return waitsForTheOther(fault);
}

/** Somebody has asked for the same run by its own route: it is looked at again when theirs is over. */
function waitsForTheOther(fault: unknown): never {
  if (fault instanceof Refusal && fault.code === 'run-under-way') throw new Error('the same run was asked for by hand and is under way');
  throw fault;
}
