import { refusals } from '@isu/chassis';

/** Every way the portal says no. None of them tells whether a person, an e-mail or an account is known. */
export const refuse = refusals({
  'not-found': { status: 404, title: 'Introuvable', detail: () => 'Rien ne se trouve à cette adresse, ou rien que vous puissiez voir.' },
  'sign-in-required': {
    status: 401,
    title: 'Connexion requise',
    detail: () => 'Connectez-vous : votre session est terminée, ou n’a pas commencé.',
  },
  'not-for-you': {
    status: 403,
    title: 'Page d’un autre service',
    detail: () => 'Cette page n’est pas de celles auxquelles votre connexion donne accès.',
  },
  'forged-request': {
    status: 403,
    title: 'Demande non reconnue',
    detail: () => 'Cette demande ne vient pas d’une page de ce site, ou d’une page trop ancienne : rechargez la page, puis recommencez.',
  },
  'sign-in-refused': {
    status: 401,
    title: 'Connexion refusée',
    detail: () => 'Adresse électronique ou mot de passe inexact.',
  },
  'link-not-usable': {
    status: 410,
    title: 'Lien inutilisable',
    detail: () => 'Ce lien ou ce code est inconnu, trop ancien, ou a déjà servi : demandez-en un nouveau.',
  },
  'password-too-weak': {
    status: 422,
    title: 'Mot de passe refusé',
    detail: ({ because }: { because: string }) => because,
    field: 'password',
    accepted: 'de 12 à 128 caractères, ni courants, ni tirés de votre adresse',
  },
  'email-awaited': {
    status: 422,
    title: 'Adresse électronique attendue',
    detail: () => 'Avec le code d’une lettre, indiquez l’adresse électronique qui vous servira d’identifiant.',
    field: 'email',
    accepted: 'une adresse électronique',
  },
  'email-not-awaited': {
    status: 422,
    title: 'Adresse électronique superflue',
    detail: () => 'Votre identifiant est l’adresse à laquelle ce lien a été envoyé.',
    field: 'email',
    accepted: 'rien',
  },
  'email-taken': {
    status: 409,
    title: 'Adresse déjà employée',
    detail: () => 'Cette adresse électronique est déjà l’identifiant d’un autre compte : indiquez-en une autre.',
    field: 'email',
    accepted: 'une adresse électronique à vous seul',
  },
  'opening-required': {
    status: 403,
    title: 'Compte à ouvrir',
    detail: () => 'Ouvrez d’abord ce compte en disant pourquoi : l’ouverture vaut une demi-heure.',
  },
  'own-proposal': {
    status: 403,
    title: 'Seconde personne requise',
    detail: () => 'Une proposition est approuvée par une autre personne de la cellule que celle qui l’a faite.',
  },
  'money-settled': {
    status: 409,
    title: 'Encaissement déjà réglé',
    detail: () => 'Cet encaissement a un compte, ou il a été rendu : relisez-le, il n’y a plus rien à décider.',
  },
  'proposal-pending': {
    status: 409,
    title: 'Proposition en attente',
    detail: () => 'Une proposition attend déjà une seconde personne : qu’elle soit d’abord approuvée ou refusée.',
  },
  'proposal-decided': {
    status: 409,
    title: 'Proposition déjà tranchée',
    detail: () => 'Une autre personne vient d’approuver ou de refuser cette proposition : relisez la page.',
  },
  'batch-acknowledged': {
    status: 409,
    title: 'Lot déjà accusé',
    detail: () => 'Le partenaire a accusé réception de ce lot entre-temps : il n’y a plus rien à renvoyer.',
  },
  'batch-lost': {
    status: 410,
    title: 'Lot perdu',
    detail: () => 'Le contenu de ce lot est perdu depuis une restauration ; ce qu’il disait est redit dans les lots suivants.',
  },
  'anomaly-closed': {
    status: 409,
    title: 'Anomalie réglée',
    detail: () => 'Cette anomalie est déjà réglée : il n’y a plus rien à décider.',
  },
  'correction-without-payment': {
    status: 409,
    title: 'Paiement à corriger introuvable',
    detail: () => 'Le paiement visé a été annulé ou rattaché entre-temps : relisez l’anomalie.',
  },
  'nothing-proposed': {
    status: 409,
    title: 'Aucune règle ne propose de correction',
    detail: () => 'Pour cette anomalie, aucune règle ne dit ce qui la réglerait : relisez-la.',
  },
});
