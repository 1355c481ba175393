import { named } from '../words/file.js';

/** What was wrong with a file, by the codes of docs/partner-exchange.md (sections 4, 7 and 8), as agents read it. */
const faultName = named({
  'line-cut': 'fichier coupé : la dernière ligne n’a pas sa fin',
  'trailer-missing': 'fichier coupé : la ligne de fin manque',
  'content-after-trailer': 'du contenu après la ligne de fin',
  'line-out-of-place': 'ligne qui n’est pas à sa place',
  'line-too-long': 'ligne trop longue',
  'too-many-lines': 'trop de lignes',
  'file-empty': 'fichier vide',
  encoding: 'caractères qui ne sont pas de l’UTF-8',
  'json-syntax': 'ligne illisible',
  'json-depth': 'ligne aux niveaux trop profonds',
  'json-duplicate-key': 'un champ est dit deux fois',
  'json-forbidden-key': 'champ interdit',
  'json-forbidden-text': 'caractères interdits',
  'json-number': 'nombre que nous ne pouvons pas garder exact',
  'line-not-an-object': 'ligne illisible',
  'field-unknown': 'champ qui n’est pas au format',
  'text-malformed': 'texte absent, trop long ou interdit',
  'value-unknown': 'valeur qui n’est pas au format',
  'number-malformed': 'nombre absent ou mal écrit',
  'day-malformed': 'jour absent ou mal écrit',
  'instant-malformed': 'instant absent ou mal écrit',
  'money-malformed': 'montant absent ou mal écrit',
  'digest-malformed': 'empreinte absente ou mal écrite',
  'period-malformed': 'période absente ou mal écrite',
  'allocation-malformed': 'imputation mal écrite',
  'total-too-large': 'total trop grand',
  'count-differs': 'le nombre de lignes n’est pas celui qui est annoncé',
  'control-total-differs': 'le total de contrôle n’est pas la somme des lignes',
  'digest-differs': 'l’empreinte n’est pas celle du contenu : fichier altéré',
  'signature-missing': 'signature absente',
  'signature-wrong': 'signature qui n’est pas celle du partenaire',
  'other-flow': 'lot d’un autre partenaire ou d’un autre flux',
  'business-date-ahead': 'journée à venir',
  'business-date-off-calendar': 'journée qui n’est pas au calendrier',
  'previous-digest-misplaced': 'empreinte du lot précédent absente, ou de trop',
  'number-with-other-content': 'un autre contenu a déjà été accepté sous ce numéro',
  'previous-digest-differs': 'il ne suit pas le lot que nous tenons',
  'next-batch-names-another': 'le lot suivant en nomme un autre',
  'message-not-accepted': 'message bancaire que nous n’attendons pas',
  'message-id-with-other-content': 'un autre contenu a déjà été accepté sous cet identifiant',
  'message-id-missing': 'identifiant du message absent',
  'creation-date-missing': 'date de création absente',
  'header-missing': 'en-tête du message absent',
  doctype: 'document à définition de type, refusé',
  'xml-malformed': 'XML illisible',
  'xml-too-deep': 'XML aux niveaux trop profonds',
  'text-too-long': 'texte trop long',
  'file-unexpected': 'fichier inattendu',
  'batch-awaited': 'le lot n’est pas arrivé à temps',
  'receipt-awaited': 'le reçu du partenaire n’est pas arrivé à temps',
  'reference-with-other-content': 'même référence, autre contenu',
  'wrong-amount': 'même référence de la banque, autre montant',
  'wrong-account': 'même référence de la banque, autre compte',
  'balance-said-otherwise': 'dit deux fois, avec d’autres montants',
  'corrects-another': 'corrige la déclaration d’un autre compte ou d’une autre année',
});

/** `line 12: amount: money-malformed`, as the fact of a refusal holds it. */
export function faultText(reason: string): string {
  const parts = reason.split(': ');
  const code = parts.at(-1) ?? reason;
  const place = parts.slice(0, -1).map((part) => part.replace(/^line (\d+)$/, 'ligne $1'));
  return [...place, faultName(code)].join(', ');
}
