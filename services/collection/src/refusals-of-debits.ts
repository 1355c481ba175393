import type { Day } from '@isu/values';

/** How what is asked about direct debits is said no to. */
export const ofDebits = {
  'debit-day-to-come': {
    status: 422,
    title: 'Prélèvements à venir',
    detail: ({ dueOn, from }: { dueOn: Day; from: Day }) =>
      `Les prélèvements du ${dueOn.print()} se présentent à la banque à partir du ${from.print()}.`,
    field: 'day',
    accepted: 'une échéance dont le délai de présentation est ouvert',
  },
  'creditor-account-unknown': {
    status: 409,
    title: 'Compte de recouvrement inconnu',
    detail: () => 'Le compte bancaire où créditer les prélèvements n’est pas réglé (ISU_CREDITOR_IBAN) : rien n’est présenté.',
  },
  'not-a-bank-day': {
    status: 422,
    title: 'Jour sans prélèvement',
    detail: ({ day }: { day: Day }) => `Les banques ne travaillent pas le ${day.print()} : aucune échéance ne tombe ce jour-là.`,
    field: 'day',
    accepted: 'un jour ouvré des banques',
  },
  'debit-not-to-examine': {
    status: 409,
    title: 'Rien à examiner',
    detail: () => 'Ce prélèvement n’attend personne : son motif a dit ce qu’il fallait en faire, ou quelqu’un l’a déjà examiné.',
  },
  'mandate-stays-revoked': {
    status: 422,
    title: 'Mandat révoqué',
    detail: () =>
      'La banque ne reconnaît pas ce mandat : il reste révoqué, quelle que soit la preuve. Pour être prélevée de nouveau, la personne en signe un autre.',
    field: 'action',
    accepted: '« revoke-mandate », avec ce que vous avez trouvé de la preuve',
  },
  'monthly-after-failures': {
    status: 409,
    title: 'Mensualisation suspendue',
    detail: ({ from }: { from: Day }) =>
      `Deux prélèvements de suite sont revenus impayés : vous payez chaque trimestre jusqu’à la fin de l’année (CSS, art. R. 133-26). Vous pourrez demander de payer chaque mois à partir du ${from.print()}.`,
    field: 'periodicity',
    accepted: '« quarterly »',
  },
} as const;
