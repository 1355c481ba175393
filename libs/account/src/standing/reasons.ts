import { Day, Money } from '@isu/values';
import type { AnomalyType } from '@isu/contracts';
import type { Anomaly } from '../book/anomalies.js';
import type { Payment } from '../book/payments.js';
import type { BatchNumbers } from '../flows.js';
import type { LateInstalment } from './lateness.js';

/** Why an account is not simply up to date: what is awaited, or what is late. Structured for programs, `text` for people. */
export type Reason =
  | {
      readonly code: 'payment-in-transit';
      readonly payment: string;
      readonly amount: string;
      readonly valueOn: string;
      readonly text: string;
    }
  | { readonly code: 'flow-never-seen'; readonly text: string }
  | { readonly code: 'flow-gap'; readonly stream: string; readonly from: number; readonly to: number; readonly text: string }
  | FlowShort
  | { readonly code: 'batches-given-up'; readonly stream: string; readonly from: number; readonly to: number; readonly text: string }
  | { readonly code: 'anomaly-open'; readonly anomaly: string; readonly type: AnomalyType; readonly cause: string; readonly text: string }
  | {
      readonly code: 'instalment-late';
      readonly instalment: string;
      readonly dueOn: string;
      readonly amount: string;
      readonly text: string;
    };

/** The flow does not reach the due date in question (`flow-incomplete`), or reaches it but is behind its calendar (`flow-late`). */
interface FlowShort {
  readonly code: 'flow-incomplete' | 'flow-late';
  readonly stream: string;
  readonly completedThrough: string | null;
  readonly awaitedThrough: string;
  readonly text: string;
}

const euros = (amount: string): string => Money.of(amount).print();
const french = (day: string): string => Day.of(day).print();
const flowName = (stream: string): string => `« ${stream.slice('flow/'.length)} »`;

export const paymentInTransit = ({ id, amount, valueOn }: Payment): Reason => ({
  code: 'payment-in-transit',
  payment: id,
  amount,
  valueOn,
  text: `Un paiement de ${euros(amount)} du ${french(valueOn)} nous est annoncé : on attend son imputation au compte.`,
});

export const flowNeverSeen: Reason = {
  code: 'flow-never-seen',
  text: 'Aucun flux de paiements n’a encore été reçu d’un partenaire : on attend le premier.',
};

export const flowGap = (stream: string, { from, to }: BatchNumbers): Reason => ({
  code: 'flow-gap',
  stream,
  from,
  to,
  text:
    from === to
      ? `Le lot ${String(from)} du flux ${flowName(stream)} manque : on attend son renvoi.`
      : `Les lots ${String(from)} à ${String(to)} du flux ${flowName(stream)} manquent : on attend leur renvoi.`,
});

/** It waits for nothing: beside what is late it says what nobody will ever tell us of by this flow. */
export const batchesGivenUp = (stream: string, { from, to }: BatchNumbers): Reason => ({
  code: 'batches-given-up',
  stream,
  from,
  to,
  text:
    from === to
      ? `Le lot ${String(from)} du flux ${flowName(stream)} est abandonné : un paiement qu’il annonçait peut nous être inconnu. Si vous avez payé, montrez-en la preuve.`
      : `Les lots ${String(from)} à ${String(to)} du flux ${flowName(stream)} sont abandonnés : un paiement qu’ils annonçaient peut nous être inconnu. Si vous avez payé, montrez-en la preuve.`,
});

export const flowShort = (short: Omit<FlowShort, 'text'>): Reason => ({
  ...short,
  text:
    (short.completedThrough === null
      ? `Le flux ${flowName(short.stream)} n’a encore été déclaré complet à aucune date`
      : `Le flux ${flowName(short.stream)} n’est complet que jusqu’au ${french(short.completedThrough)}`) +
    ` : on attend les lots jusqu’au ${french(short.awaitedThrough)}.`,
});

const anomalyNames: Record<AnomalyType, string> = {
  lost: 'paiement perdu',
  doubled: 'paiement compté deux fois',
  late: 'paiement transmis en retard',
  'wrong-account': 'paiement porté sur un autre compte',
  'wrong-amount': 'montants différents',
  unmatched: 'paiement non rapproché',
  conflict: 'envois contradictoires',
  'other-rules': 'règles de calcul différentes',
};

export const anomalyOpen = ({ id, type, cause }: Anomaly): Reason => ({
  code: 'anomaly-open',
  anomaly: id,
  type,
  cause,
  text: `Une anomalie est ouverte sur le compte (${anomalyNames[type]}) : on attend son règlement.`,
});

export const instalmentLate = ({ instalment, dueOn, amount }: LateInstalment): Reason => ({
  code: 'instalment-late',
  instalment,
  dueOn,
  amount: amount.toString(),
  text: `L’échéance du ${french(dueOn)} reste due pour ${amount.print()}.`,
});
