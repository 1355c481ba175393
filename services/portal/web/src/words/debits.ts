import type { Debit } from '../../../src/face/debits.js';
import type { State } from './payments.js';
import { named } from './file.js';

export const debitStates: Readonly<Record<Debit['state'], State>> = {
  presented: { text: 'Demandé à votre banque', tone: 'wait' },
  paid: { text: 'Payé', tone: 'good' },
  rejected: { text: 'Rejeté par votre banque', tone: 'bad' },
  returned: { text: 'Repris par votre banque', tone: 'bad' },
};

/** Why something that falls due is not debited. */
export const obstacleText = named({
  'no-bank-details': 'nous n’avons pas votre IBAN',
  'no-mandate': 'aucun mandat n’est signé',
  'mandate-refused': 'votre banque a refusé le mandat',
  'mandate-suspended': 'votre banque a refusé le dernier prélèvement sur ce compte',
  deceased: 'le compte est gelé',
  'activity-ended': 'l’activité est terminée',
  unwritable: 'un agent doit vérifier vos coordonnées',
  'paying-online': 'un paiement en ligne de cette échéance est en cours',
});

/** What was done about a debit that came back, as agents read it. */
export const outcomeText = named({
  carried: 'reportée à l’échéance suivante',
  'due-at-once': 'exigible aussitôt, passage au trimestre',
  'mandate-suspended': 'mandat suspendu, IBAN demandé',
  'mandate-revoked': 'mandat révoqué',
  reopened: 'dette rouverte, sans nouveau prélèvement',
  'account-frozen': 'compte gelé (décès)',
  'left-unpaid': 'reste due',
  'presented-again': 'présentée de nouveau',
  'to-examine': 'à examiner par la cellule',
});

/** What an agent may find of a debit that came back, as they choose it. */
export const examinedActions = [
  { value: 're-present', text: 'Une faute entre banques, ou la nôtre : présenter de nouveau, sans majoration' },
  { value: 'carry', text: 'Pas de provision : reporter à l’échéance suivante, une fois' },
  { value: 'leave-unpaid', text: 'Refus du titulaire : la somme reste due, sans nouveau prélèvement' },
  { value: 'reopen', text: 'Remboursé à la demande de la personne : la dette est rouverte' },
  { value: 'suspend-mandate', text: 'Compte faux, clos ou bloqué : suspendre le mandat, demander un IBAN' },
  { value: 'revoke-mandate', text: 'Pas de mandat valable : révoquer le mandat' },
] as const;
