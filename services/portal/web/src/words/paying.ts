import type { OnlineOrder, PayableDate, PreviewedPart } from '../../../src/face/paying.js';
import type { State } from './payments.js';

export const obstacleText: Readonly<Record<NonNullable<PayableDate['obstacle']>, string>> = {
  debited: 'Sera prélevée à sa date',
  'under-way': 'Paiement en ligne en cours',
  'paid-online-once': 'Déjà payée en ligne une fois : le reste se paie par virement ou par chèque',
  'not-open-yet': 'Le paiement en ligne n’est pas encore ouvert',
};

/** Why this part comes here, in the order that the law fixes. */
export const becauseText: Readonly<Record<PreviewedPart['because'], string>> = {
  chosen: 'L’échéance que vous avez choisie est payée d’abord',
  overdue: 'Ce qui dépasse paie ce qui est échu, le plus ancien d’abord',
  surcharge: 'Les majorations viennent après toutes les cotisations',
  credit: 'Rien ne le demande encore : gardé en crédit',
};

export const orderStates: Readonly<Record<OnlineOrder['state'], State & { readonly says: string }>> = {
  open: {
    text: 'En cours',
    tone: 'wait',
    says: 'Nous attendons la réponse du prestataire de paiement. Cette page se met à jour d’elle-même : ne payez pas une seconde fois.',
  },
  paid: { text: 'Payé', tone: 'good', says: 'Le paiement est reçu. Votre reçu est prêt dès qu’il est inscrit au compte.' },
  refused: {
    text: 'Refusé',
    tone: 'bad',
    says: 'Votre banque a refusé le paiement : aucune somme n’a été prise. Vous pouvez recommencer ou payer autrement.',
  },
  cancelled: { text: 'Abandonné', tone: 'plain', says: 'Vous avez renoncé à ce paiement : aucune somme n’a été prise.' },
  expired: { text: 'Expiré', tone: 'plain', says: 'La page de paiement a été ouverte trop longtemps : aucune somme n’a été prise.' },
  disputed: {
    text: 'En vérification',
    tone: 'wait',
    says: 'Ce que dit le prestataire ne s’accorde pas avec votre demande : un agent vérifie. Rien ne vous est opposé entre-temps.',
  },
};
