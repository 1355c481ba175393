import { fileErrors, Refusal, refusals, type FileFault } from '@isu/chassis';

/** Every way urssaf-sync says no, but for the faults of a file, which are listed with its format. */
export const refuse = refusals({
  'unknown-flow': {
    status: 404,
    title: 'Flux inconnu',
    detail: () => 'Aucun flux de ce nom n’est convenu avec ce partenaire.',
  },
  'unknown-batch': { status: 404, title: 'Lot inconnu', detail: () => 'Aucun lot de ce numéro n’a été accepté.' },
  'batch-lost': {
    status: 410,
    title: 'Lot perdu',
    detail: () =>
      'Nous avons été restaurés d’une sauvegarde antérieure à ce lot : son contenu est perdu, et tout ce qu’il disait est redit dans les lots suivants. Passez ce numéro : la liste des lots en donne l’empreinte, que nomme le lot suivant.',
  },
  'batch-acknowledged': {
    status: 409,
    title: 'Lot déjà accusé',
    detail: () => 'Le partenaire a accusé réception de ce lot : il n’y a plus rien à renvoyer.',
  },
  'batch-being-placed': {
    status: 409,
    title: 'Lot en cours de traitement',
    detail: () => 'Le lot est accepté et ses lignes sont en cours de traitement : redemandez le reçu dans un instant.',
  },
  'acknowledgement-conflict': {
    status: 409,
    title: 'Un autre reçu est déjà là',
    detail: () =>
      'Un autre reçu de ce lot a été reçu d’abord : il est maintenu ; celui-ci est inscrit au journal des échanges et rien n’a changé.',
  },
  'acknowledgement-too-long': { status: 413, title: 'Reçu trop long', detail: () => 'Un reçu tient en 16 Mio.' },
  'anomaly-closed': {
    status: 409,
    title: 'Anomalie réglée',
    detail: () => 'Cette anomalie est déjà réglée : relisez-la, il n’y a plus rien à décider.',
  },
  'proposal-pending': {
    status: 409,
    title: 'Proposition en attente',
    detail: () => 'Une proposition attend déjà une seconde personne : qu’elle soit approuvée ou refusée d’abord.',
  },
  'proposal-decided': {
    status: 409,
    title: 'Proposition déjà tranchée',
    detail: () => 'Cette proposition a déjà été approuvée ou refusée : relisez l’anomalie.',
  },
  'own-proposal': {
    status: 403,
    title: 'Seconde personne requise',
    detail: () => 'Une proposition est approuvée par une autre personne de la cellule que celle qui l’a faite.',
  },
  'number-not-missing': {
    status: 409,
    title: 'Numéro non manquant',
    detail: () => 'Ces numéros ne manquent pas tous, d’un seul tenant, à ce flux : relisez-le, un lot a pu arriver entre-temps.',
    field: 'from',
    accepted: 'des numéros consécutifs qui manquent au flux',
  },
  'correction-incomplete': {
    status: 422,
    title: 'Correction incomplète',
    detail: ({ wants }: { wants: string }) => `Cette correction demande aussi : ${wants}.`,
    field: 'correction',
    accepted: 'tous les champs de la correction choisie',
  },
  'correction-without-payment': {
    status: 409,
    title: 'Paiement à corriger introuvable',
    detail: () => 'Le paiement visé n’existe pas, ou il a été annulé ou rattaché entre-temps : relisez l’anomalie.',
  },
  'money-settled': {
    status: 409,
    title: 'Encaissement déjà réglé',
    detail: () => 'Cet encaissement a un compte, ou il a été rendu : relisez-le, il n’y a plus rien à décider.',
  },
  'matching-incomplete': {
    status: 422,
    title: 'Proposition incomplète',
    detail: () => 'Attribuer un encaissement demande un compte ; le renvoyer n’en demande aucun.',
    field: 'owner',
    accepted: 'le compte à qui attribuer, et lui seul',
  },
  'no-payment-provider': {
    status: 404,
    title: 'Aucun prestataire',
    detail: () => 'Aucun prestataire de paiement en ligne n’est convenu ici.',
  },
  'statement-not-signed': {
    status: 400,
    title: 'Signature refusée',
    detail: () => 'La notification ne porte pas la signature du prestataire sur ces octets mêmes : rien n’a changé.',
  },
  'statement-late': {
    status: 400,
    title: 'Signature trop ancienne',
    detail: () =>
      'La notification a été signée à plus de cinq minutes d’ici : signez-la de nouveau à l’instant de l’envoi. Rien n’a changé.',
  },
  'statement-contradicts': {
    status: 409,
    title: 'Notification contradictoire',
    detail: () => 'Une autre notification porte déjà ce numéro : elle est maintenue, et rien n’a changé.',
    field: 'statement',
    accepted: 'un numéro nouveau pour ce qui est nouveau',
  },
  'file-cut': {
    status: 400,
    title: 'Envoi interrompu',
    detail: () => 'L’envoi s’est interrompu avant la fin : rien n’a été retenu, envoyez de nouveau le fichier entier.',
  },
});

const refusedFile = {
  status: 422,
  title: 'Fichier refusé',
  detail: 'Le fichier est refusé en entier : le refus est inscrit au flux et rien d’autre n’a changé.',
};
const wholeFiles = {
  'batch-refused': refusedFile,
  'bank-file-refused': refusedFile,
  'batch-conflict': {
    status: 409,
    title: 'Contradiction entre deux envois',
    detail: 'Ce qui a été reçu d’abord est maintenu ; la contradiction est inscrite au flux et rien d’autre n’a changé.',
  },
  'acknowledgement-refused': {
    status: 422,
    title: 'Reçu refusé',
    detail:
      'Le reçu est refusé : le refus est inscrit au journal des échanges et rien d’autre n’a changé ; le lot attend toujours le sien.',
  },
} as const;

/** A file refused whole: what is wrong, line by line, and what would be accepted there. What was sent is never repeated. */
export const fileRefused = (code: keyof typeof wholeFiles, faults: readonly FileFault[]): Refusal =>
  new Refusal({
    code,
    ...wholeFiles[code],
    errors: fileErrors(faults),
  });
