/** Every way a refund is refused. */
export const ofRefunds = {
  'refund-decided': {
    status: 409,
    title: 'Remboursement déjà décidé',
    detail: () => 'Ce remboursement n’attend plus de validation.',
  },
  'refund-four-eyes': {
    status: 403,
    title: 'Une autre personne valide',
    detail: () => 'Un remboursement de ce montant demande deux agents : qui l’a validé une première fois ne le valide pas une seconde.',
  },
  'refund-changed': {
    status: 409,
    title: 'Crédit changé',
    detail: () => 'Le crédit du compte n’est plus celui de ce remboursement : il sera proposé de nouveau, pour le montant d’aujourd’hui.',
  },
} as const;
