import { Day } from '@isu/values';
import type { AccountingDays, CloseJob, ClosedBy } from '../../../src/face/accounting.js';
import type { AgentNames } from '../../../src/face/desk-file.js';
import { parisDayOf, printedDay } from '../ui/figures.js';
import type { State } from './payments.js';

const kinds: Readonly<Record<string, string>> = {
  receivable: 'Cotisations à payer',
  surcharge: 'Majorations de retard à payer',
  penalty: 'Pénalités à payer',
  fee: 'Frais à payer',
  credit: 'Crédits des personnes',
  refund: 'Remboursements en cours',
  bank: 'Banque',
  contributions: 'Cotisations appelées',
  surcharges: 'Majorations de retard appelées',
  penalties: 'Pénalités appelées',
  fees: 'Frais appelés',
  suspense: 'Encaissements à identifier',
  transfers: 'Virements entre comptes',
  remissions: 'Majorations remises',
  'write-offs': 'Créances abandonnées',
};
/** What an account of the books is called. */
export const bookAccountName = (kind: string): string => kinds[kind] ?? kind;

const entries: Readonly<Record<string, string>> = {
  assessment: 'Calculs de cotisations',
  payment: 'Paiements',
  credit: 'Crédits placés sur des échéances',
  release: 'Trop-payés repris d’une échéance',
  reversal: 'Paiements rejetés',
  surcharge: 'Majorations de retard',
  cancellation: 'Majorations annulées',
  remission: 'Majorations remises',
  refund: 'Remboursements ordonnés',
  'refund-settled': 'Remboursements versés',
  'refund-returned': 'Remboursements revenus',
};
/** What entries of a sort did. */
export const entriesName = (reason: string): string => entries[reason] ?? reason;

/** A day is closed once it is over, on the day after: how many days later than that it was. */
export const daysCaughtUp = (day: string, closedAt: string): number => Math.max(0, Day.of(day).daysUntil(Day.of(parisDayOf(closedAt))) - 1);

/** Who closed a day. */
export function closerText(day: string, { run, runDate, askedBy }: ClosedBy, names: AgentNames): string {
  const person = askedBy === null ? null : (names[askedBy] ?? askedBy);
  if (run === null) return person === null ? 'non consigné' : `${person}, à la main`;
  const asked = person === null ? '' : `, relancé par ${person}`;
  return runDate === null || runDate === day ? `l’arrêté du jour${asked}` : `l’arrêté du ${printedDay(runDate)}${asked}`;
}

/** Why a day is open still. */
export function openState(day: string, { today, job }: Pick<AccountingDays, 'today' | 'job'>): State {
  if (day > today) return { text: 'Lendemain : aujourd’hui est clos', tone: 'plain' };
  if (day === today) return { text: 'En cours', tone: 'plain' };
  const isUnderWay = job.last?.date === day && job.last.state === 'running';
  if (isUnderWay) return { text: 'Clôture en cours', tone: 'wait' };
  return { text: 'À clore', tone: Day.of(day).daysUntil(Day.of(today)) > 1 ? 'bad' : 'wait' };
}

const runStates: Readonly<Record<NonNullable<CloseJob['last']>['state'], State>> = {
  waiting: { text: 'En attente', tone: 'wait' },
  running: { text: 'En cours', tone: 'wait' },
  retrying: { text: 'Échoué, repris tout seul', tone: 'bad' },
  done: { text: 'Fait', tone: 'good' },
  refused: { text: 'Refusé', tone: 'bad' },
};

/** Where the job that closes days stands. */
export function jobState({ daysBehind, last }: CloseJob): State {
  if (last !== null && last.state !== 'done') return runStates[last.state];
  if (daysBehind === 0) return { text: 'À jour', tone: 'good' };
  return { text: `${String(daysBehind)} ${daysBehind === 1 ? 'jour' : 'jours'} de retard`, tone: 'bad' };
}

export const runStateText = (state: keyof typeof runStates): string => runStates[state].text.toLowerCase();
