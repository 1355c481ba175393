import type { WaitingMoney } from '../../../src/face/to-be-matched.js';
import type { Why } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { partnerName } from './border-words.js';

/** Money has nothing to compute: one asks who said that it came, and how. */
export const whyWaiting = ({ amount, valueOn, partner, flow, batch, line, reference, paymentReference, account }: WaitingMoney): Why => ({
  kind: 'said',
  title: `Encaissement reçu le ${printedDay(valueOn)}`,
  amount,
  says: 'Ce montant est celui que le partenaire nous a annoncé, ligne par ligne.',
  traces: [
    { name: 'Annoncé par', text: `${partnerName(partner)} (${flow})` },
    { name: 'Lot et ligne', text: `${batch}, ligne ${String(line)}` },
    { name: 'Référence de l’organisme', text: reference },
    ...(account === null ? [] : [{ name: 'Compte écrit', text: account }]),
    ...(paymentReference === null ? [] : [{ name: 'Référence donnée par le payeur', text: paymentReference }]),
  ],
});
