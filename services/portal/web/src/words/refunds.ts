import type { ListedRefund, Refund, Refunds } from '../../../src/face/refunds.js';
import type { Why } from '../derivation/why-subject.js';
import { printedAccount, printedDay } from '../ui/figures.js';
import type { State } from './payments.js';

export const refundStates: Readonly<Record<Refund['state'], State>> = {
  'to-approve': { text: 'En cours de validation', tone: 'wait' },
  withdrawn: { text: 'Remplacé', tone: 'plain' },
  ordered: { text: 'Ordonné', tone: 'wait' },
  sent: { text: 'Transmis à la banque', tone: 'wait' },
  settled: { text: 'Versé', tone: 'good' },
  returned: { text: 'Revenu de la banque', tone: 'bad' },
};

export const listedStates: Readonly<Record<ListedRefund['state'], string>> = {
  'to-approve': 'Attend deux agents',
  ordered: 'Ordonné, compte bancaire inconnu',
  credit: 'Rien n’est ordonné : IBAN attendu, ou à regarder',
};

/** What happens next to a credit, in one sentence. */
export function nextStepText({ step, choiceUntil, dueBy }: Refunds): string {
  const latest = dueBy === null ? '' : `, au plus tard le ${printedDay(dueBy)}`;
  switch (step) {
    case 'none':
      return 'Vous n’avez pas de crédit : tout ce que vous avez payé a réglé ce que vous devez.';
    case 'kept':
      return 'Cette somme est trop petite pour un virement : elle reste à vous, et viendra en déduction de votre prochaine échéance.';
    case 'choosing':
      return `Sans réponse de votre part avant le ${printedDay(choiceUntil ?? '')}, cette somme vous sera remboursée${latest}.`;
    case 'next-instalments':
      return 'Cette somme vient en déduction de vos prochaines échéances.';
    case 'iban-awaited':
      return `Nous ne connaissons pas votre compte bancaire : indiquez votre IBAN dans « Informations générales ». Le virement est dû${latest}.`;
    case 'new-iban-awaited':
      return `La banque a refusé le virement : indiquez un autre IBAN dans « Informations générales ». Le virement est dû${latest}.`;
    case 'approval':
      return `Le montant demande l’accord de deux agents : le virement part dès qu’ils l’ont donné${latest}.`;
    case 'order':
      return `Le virement part avec le prochain envoi à la banque${latest}.`;
  }
}

/** What stands behind an amount of the lists at the desk: whose credit it is, since when, and by when it must leave; the account says of which payments. */
export const whyListed = ({ account, amount, creditSince, dueBy, state, refund }: ListedRefund): Why => ({
  kind: 'said',
  title: 'Crédit à rembourser',
  amount,
  says: 'Argent reçu qu’aucune dette ne prend, une fois payé ce que la personne doit. Il lui revient dans les trente jours, sans contrôle préalable. Le compte montre de quels paiements il reste.',
  traces: [
    { name: 'Compte', text: printedAccount(account) },
    { name: 'Crédit apparu le', text: printedDay(creditSince) },
    { name: 'À ordonner avant le', text: printedDay(dueBy) },
    { name: 'Où il en est', text: listedStates[state] },
    ...(refund === null ? [] : [{ name: 'Remboursement n°', text: refund }]),
  ],
});
