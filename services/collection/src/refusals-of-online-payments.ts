import type { Day } from '@isu/values';

const payableOnline = { field: 'instalments', accepted: 'des échéances que la liste dit payables en ligne' } as const;

/** Every way an online payment is refused. */
export const ofOnlinePayments = {
  'online-payment-unavailable': {
    status: 409,
    title: 'Paiement en ligne fermé',
    detail: () => 'Le paiement en ligne n’est pas ouvert ici : payez par virement ou par chèque, avec la référence de l’échéance.',
  },
  'online-payment-nothing-due': {
    status: 422,
    title: 'Rien à payer',
    detail: ({ instalment }: { instalment: string }) => `Il ne reste rien à payer de l’échéance ${instalment}.`,
    ...payableOnline,
  },
  'online-payment-under-way': {
    status: 409,
    title: 'Paiement déjà en cours',
    detail: ({ dueOn }: { dueOn: Day }) =>
      `L’échéance du ${dueOn.print()} est déjà en cours de paiement en ligne : attendez que le prestataire nous dise ce qu’il en est.`,
    ...payableOnline,
  },
  'online-payment-paid-online-once': {
    status: 409,
    title: 'Échéance déjà payée en ligne',
    detail: ({ dueOn }: { dueOn: Day }) =>
      `L’échéance du ${dueOn.print()} a déjà été payée en ligne : une échéance se paie en ligne une fois. Payez le reste par virement ou par chèque.`,
    ...payableOnline,
  },
  'online-payment-debited': {
    status: 409,
    title: 'Échéance prélevée',
    detail: ({ dueOn }: { dueOn: Day }) =>
      `L’échéance du ${dueOn.print()} est prélevée : elle ne se paie en ligne que si le prélèvement n’a pas eu lieu ou a été rejeté.`,
    ...payableOnline,
  },
  'online-payment-not-open-yet': {
    status: 409,
    title: 'Paiement en ligne pas encore ouvert',
    detail: ({ dueOn }: { dueOn: Day }) =>
      `Le paiement en ligne est ouvert depuis mai 2016 : payez l’échéance du ${dueOn.print()} par virement ou par chèque.`,
    ...payableOnline,
  },
} as const;
