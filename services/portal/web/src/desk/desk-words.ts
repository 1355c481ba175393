import type { AnomalyType } from '@isu/contracts';
import type { Payment } from '@isu/account';
import type { Tone } from '../ui/notice.js';

interface State {
  readonly text: string;
  readonly tone: Tone;
}

export const paymentStates: Readonly<Record<Payment['state'], State>> = {
  'in-transit': { text: 'En transit', tone: 'wait' },
  posted: { text: 'Comptabilisé', tone: 'good' },
  reversed: { text: 'Annulé', tone: 'bad' },
  returned: { text: 'Restitué', tone: 'plain' },
};

const anomalies: Readonly<Record<AnomalyType, string>> = {
  lost: 'Paiement perdu',
  doubled: 'Paiement en double',
  late: 'Paiement en retard',
  'wrong-account': 'Autre compte',
  'wrong-amount': 'Autre montant',
  unmatched: 'Paiement non rapproché',
  conflict: 'Contradiction',
  'other-rules': 'Autre version des règles',
};
export const anomalyTypes = Object.keys(anomalies);
export const anomalyName = (type: string): string => anomalies[type as AnomalyType] ?? type;

export const balanceNames = {
  called: 'Appelé',
  paid: 'Payé',
  remaining: 'Reste dû',
  credit: 'Crédit',
  surcharges: 'Majorations de retard',
  inTransit: 'En transit',
} as const;

export const upToDateStates: Readonly<Record<'yes' | 'no' | 'unknown', State>> = {
  yes: { text: 'À jour', tone: 'good' },
  no: { text: 'Pas à jour', tone: 'bad' },
  unknown: { text: 'Indéterminé : une information est attendue', tone: 'wait' },
};
