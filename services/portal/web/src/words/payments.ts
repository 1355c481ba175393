import { Day } from '@isu/values';
import type { DueDate } from '../../../src/face/my-account.js';
import type { Tone } from '../ui/notice.js';

const means: Readonly<Record<string, string>> = {
  'direct-debit': 'Prélèvement',
  transfer: 'Virement',
  cheque: 'Chèque',
  card: 'Carte bancaire',
  online: 'Télépaiement',
};
export const meansName = (code: string): string => means[code] ?? code;

export interface State {
  readonly text: string;
  readonly tone: Tone;
}

export const paymentStates: Readonly<Record<'in-transit' | 'posted' | 'reversed' | 'returned', State>> = {
  'in-transit': { text: 'En route', tone: 'wait' },
  posted: { text: 'Enregistré', tone: 'good' },
  reversed: { text: 'Rejeté', tone: 'bad' },
  returned: { text: 'Repris par l’organisme', tone: 'bad' },
};

export const dueDateStates: Readonly<Record<DueDate['state'], State>> = {
  paid: { text: 'Payée', tone: 'good' },
  'partly-paid': { text: 'Payée en partie', tone: 'wait' },
  due: { text: 'À payer aujourd’hui', tone: 'wait' },
  late: { text: 'En retard', tone: 'bad' },
  awaited: { text: 'Paiement peut-être en route', tone: 'wait' },
  covered: { text: 'Couverte par votre crédit', tone: 'good' },
  'to-come': { text: 'À venir', tone: 'plain' },
};

/** How long something has lasted: money on its way, an anomaly, a silence. */
export function ageText(since: string, today: string): string {
  const days = Day.of(since).daysUntil(Day.of(today));
  if (days <= 0) return 'depuis aujourd’hui';
  return days === 1 ? 'depuis hier' : `depuis ${String(days)} jours`;
}

const months = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** An instalment by its id: `2016-05` mai 2016, `2016-Q2` 2e trimestre 2016, `2016-R1` a single payment of 2016. */
export function instalmentName(id: string): string {
  const [, year = '', month, quarter] = /^(\d{4})-(?:(\d{2})|Q(\d)|R\d+)$/.exec(id) ?? [];
  if (year === '') return id;
  if (month !== undefined) return `${months[Number(month) - 1] ?? month} ${year}`;
  if (quarter !== undefined) return `${quarter === '1' ? '1er' : `${quarter}e`} trimestre ${year}`;
  return `versement unique ${year}`;
}
