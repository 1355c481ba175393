import { refusals } from '@isu/chassis';
import { ofRequests } from './refusals-of-requests.js';

/** Every way affiliation says no. */
export const refuse = refusals({
  ...ofRequests,
  'file-cut': {
    status: 400,
    title: 'Envoi interrompu',
    detail: () => 'L’envoi s’est interrompu avant la fin : rien n’a été retenu, envoyez de nouveau le fichier entier.',
  },
  'unknown-fund': { status: 404, title: 'Caisse inconnue', detail: () => 'Les caisses portent les codes 01 à 29.' },
  'already-registered': {
    status: 409,
    title: 'Personne déjà affiliée',
    detail: ({ account }: { account: string | null }) =>
      account === null
        ? 'Un compte existe déjà pour ce numéro de sécurité sociale : adressez-vous à la caisse qui le tient.'
        : `Le compte ${account} existe déjà pour ce numéro de sécurité sociale : une seule affiliation réunit toutes les activités.`,
    field: 'nir',
    accepted: 'le numéro d’une personne qui n’a pas encore de compte',
  },
  'fund-not-for-person': {
    status: 422,
    title: 'Caisse non compétente',
    detail: ({ expected }: { expected: string }) =>
      `Pour cette profession et ce département, la caisse compétente est la caisse ${expected}.`,
    field: 'fund',
    accepted: 'le code de la caisse compétente',
  },
  'unknown-department': {
    status: 422,
    title: 'Département inconnu',
    detail: () => 'Aucune caisse ne couvre ce département.',
    field: 'department',
    accepted: 'un département français, par exemple « 94 », « 2A » ou « 974 »',
  },
  'start-before-birth': {
    status: 422,
    title: 'Début d’activité impossible',
    detail: () => 'L’activité ne peut pas commencer avant les seize ans de la personne.',
    field: 'startedOn',
    accepted: 'un jour à partir du seizième anniversaire',
  },
  'start-too-far': {
    status: 422,
    title: 'Début d’activité trop lointain',
    detail: ({ latest }: { latest: string }) => `Une affiliation se déclare au plus un an à l’avance : jusqu’au ${latest}.`,
    field: 'startedOn',
    accepted: 'un jour dans l’année qui vient, ou passé',
  },
  'nothing-changes': {
    status: 422,
    title: 'Aucun changement',
    detail: () => 'Ce que vous demandez est déjà en vigueur ce jour-là.',
    accepted: 'au moins une valeur différente de celle en vigueur',
  },
  'change-before-start': {
    status: 422,
    title: 'Changement antérieur au début d’activité',
    detail: ({ startedOn }: { startedOn: string }) => `L’activité a commencé le ${startedOn} : rien ne peut changer avant.`,
    field: 'from',
    accepted: 'un jour à partir du début d’activité',
  },
  'change-too-far': {
    status: 422,
    title: 'Changement trop lointain',
    detail: ({ latest }: { latest: string }) => `Un changement s’annonce au plus un an à l’avance : jusqu’au ${latest}.`,
    field: 'from',
    accepted: 'un jour dans l’année qui vient, ou passé',
  },
  'later-change-known': {
    status: 409,
    title: 'Un changement plus récent est déjà enregistré',
    detail: ({ last }: { last: string }) => `Un changement prend effet le ${last} : celui-ci ne peut pas le précéder.`,
    field: 'from',
    accepted: 'un jour qui ne précède pas le dernier changement enregistré',
  },
  'activity-ended': {
    status: 409,
    title: 'Activité terminée',
    detail: ({ endedOn }: { endedOn: string }) => `L’activité a pris fin le ${endedOn} ; une reprise d’activité rouvre le même compte.`,
  },
  'transfer-needs-two': {
    status: 422,
    title: 'Transfert vers une autre caisse',
    detail: ({ fund }: { fund: string }) =>
      `Ce département relève de la caisse ${fund} : un transfert se propose, puis un second agent le décide.`,
    field: 'department',
    accepted: 'un département de la même caisse, ou une proposition de transfert',
  },
  'no-transfer': {
    status: 422,
    title: 'Aucun transfert nécessaire',
    detail: () => 'Ce département relève de la caisse qui tient déjà le dossier : enregistrez un simple changement.',
    field: 'department',
    accepted: 'un département d’une autre caisse',
  },
  'proposal-open': {
    status: 409,
    title: 'Une proposition attend déjà',
    detail: () => 'Une proposition de même nature attend la décision d’un second agent.',
  },
  'proposal-decided': {
    status: 409,
    title: 'Proposition déjà décidée',
    detail: () => 'La décision a déjà été prise ; une nouvelle proposition est possible.',
  },
  'four-eyes': {
    status: 403,
    title: 'Second agent nécessaire',
    detail: () => 'Qui propose ne décide pas : un autre agent doit accepter ou refuser.',
  },
  'unknown-naf': {
    status: 422,
    title: 'Code NAF inconnu',
    detail: () => 'Ce code n’est pas dans la nomenclature d’activités française (NAF rév. 2).',
    field: 'naf',
    accepted: 'une sous-classe de la NAF rév. 2, par exemple « 96.02A »',
  },
  'establishment-open': {
    status: 409,
    title: 'Établissement déjà ouvert',
    detail: () => 'Cet établissement est déjà ouvert pour cette personne.',
    field: 'siret',
    accepted: 'le SIRET d’un établissement qui n’est pas ouvert',
  },
  'unknown-establishment': {
    status: 422,
    title: 'Établissement inconnu',
    detail: () => 'Cette personne n’a pas d’établissement ouvert sous ce numéro.',
    field: 'siret',
    accepted: 'le SIRET d’un établissement ouvert de cette personne',
  },
  'closed-before-open': {
    status: 422,
    title: 'Fermeture impossible',
    detail: ({ openedOn }: { openedOn: string }) => `Cet établissement a ouvert le ${openedOn} : il ne peut pas fermer avant.`,
    field: 'on',
    accepted: 'un jour à partir de l’ouverture',
  },
  'main-must-move': {
    status: 409,
    title: 'Établissement principal',
    detail: () => 'D’autres établissements sont ouverts : dites d’abord lequel devient le principal.',
    field: 'siret',
    accepted: 'un établissement secondaire, ou d’abord un autre établissement principal',
  },
  'no-bank-details': {
    status: 409,
    title: 'Aucune coordonnée bancaire',
    detail: () => 'Un mandat de prélèvement porte sur un compte bancaire : enregistrez d’abord votre IBAN.',
  },
  'mandate-in-force': {
    status: 409,
    title: 'Mandat déjà signé',
    detail: ({ rum }: { rum: string }) => `Le mandat ${rum} est en vigueur ; il suit vos changements d’IBAN sans nouvelle signature.`,
  },
  'mandate-text-changed': {
    status: 409,
    title: 'Le mandat à signer a changé',
    detail: () => 'Ce que vous signez n’est plus ce qui serait enregistré : relisez le mandat, puis signez-le.',
    field: 'digest',
    accepted: 'l’empreinte du texte présenté maintenant',
  },
  'unknown-mandate': {
    status: 422,
    title: 'Mandat inconnu',
    detail: () => 'Aucun mandat en vigueur ne porte cette référence pour cette personne.',
    field: 'rum',
    accepted: 'la référence d’un mandat en vigueur de cette personne',
  },
  'end-in-advance': {
    status: 422,
    title: 'Fin d’activité à venir',
    detail: () => 'Une fin d’activité se déclare une fois l’activité terminée, dans les trente jours.',
    field: 'on',
    accepted: 'aujourd’hui ou un jour passé',
  },
  'end-before-start': {
    status: 422,
    title: 'Fin antérieure au début',
    detail: ({ startedOn }: { startedOn: string }) => `L’activité a commencé le ${startedOn} : elle ne peut pas finir avant.`,
    field: 'on',
    accepted: 'un jour à partir du début d’activité',
  },
  'activity-going-on': {
    status: 409,
    title: 'Activité en cours',
    detail: () => 'L’activité n’a pas pris fin : une activité de plus s’ajoute à celle-ci, sans réouverture.',
  },
  'start-before-end': {
    status: 422,
    title: 'Reprise antérieure à la fin',
    detail: ({ endedOn }: { endedOn: string }) => `L’activité a pris fin le ${endedOn} : une reprise commence après.`,
    field: 'startedOn',
    accepted: 'un jour après la fin d’activité',
  },
  'strike-off-open': { status: 409, title: 'Procédure en cours', detail: () => 'Une procédure de radiation d’office est déjà en cours.' },
  'too-young-to-strike-off': {
    status: 409,
    title: 'Radiation d’office impossible',
    detail: ({ first, last }: { first: string; last: string }) =>
      `Deux années civiles consécutives sans revenu sont nécessaires (${first} et ${last}) : l’activité a commencé depuis.`,
  },
  'still-declaring': {
    status: 409,
    title: 'Radiation d’office impossible',
    detail: ({ year }: { year: string }) =>
      `Un revenu est connu pour ${year} : deux années civiles consécutives sans revenu sont nécessaires.`,
  },
  'bodies-may-answer': {
    status: 409,
    title: 'Les organismes peuvent encore répondre',
    detail: ({ until }: { until: string }) => `Les autres organismes ont quinze jours, jusqu’au ${until}, pour prouver l’activité.`,
  },
  'person-already-told': {
    status: 409,
    title: 'Personne déjà informée',
    detail: () => 'La personne est informée : son délai d’un mois court.',
  },
  'person-not-told': {
    status: 409,
    title: 'Personne pas encore informée',
    detail: () => 'La radiation d’office se décide après le mois laissé à la personne pour répondre.',
  },
  'person-may-answer': {
    status: 409,
    title: 'La personne peut encore répondre',
    detail: ({ until }: { until: string }) => `La personne a un mois, jusqu’au ${until}, pour répondre.`,
  },
  'message-answered': { status: 409, title: 'Message déjà répondu', detail: () => 'Une réponse a déjà été donnée à ce message.' },
  'unknown-activity': {
    status: 422,
    title: 'Activité inconnue',
    detail: () => 'Cette personne n’a pas d’activité en cours sous ce numéro.',
    accepted: 'le numéro d’une activité en cours de cette personne',
  },
  'last-activity': {
    status: 409,
    title: 'Dernière activité',
    detail: () => 'La fin de la dernière activité est une radiation : déclarez la fin d’activité.',
  },
});
