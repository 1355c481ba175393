import type { FieldError } from './problem.js';
import { Refusal, refusals } from './refusal.js';

/**
 * The ways of saying no that every service shares. `not-found` is said of what does not exist and of what the asker may not
 * know of, with the same words: nobody learns from a refusal whether an account exists.
 */
export const refuse = refusals({
  'not-found': { status: 404, title: 'Introuvable', detail: () => 'Rien ne se trouve à cette adresse, ou rien que vous puissiez voir.' },
  unauthenticated: { status: 401, title: 'Identification requise', detail: () => 'Présentez un jeton d’accès valide.' },
  forbidden: { status: 403, title: 'Opération interdite', detail: () => 'Votre rôle ne permet pas cette opération.' },
  'bad-request': { status: 400, title: 'Demande illisible', detail: () => 'La demande n’a pas la forme attendue.' },
  'precondition-failed': {
    status: 412,
    title: 'Version dépassée',
    detail: () => 'La ressource a changé depuis que vous l’avez lue : relisez-la, puis recommencez.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'Clé d’idempotence absente',
    detail: () => 'Cette création exige un en-tête Idempotency-Key, choisi par vous et répété à chaque nouvel essai.',
    field: 'Idempotency-Key',
    accepted: 'de 1 à 128 caractères ASCII visibles, par exemple un UUID',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Clé d’idempotence déjà employée',
    detail: () => 'Cette clé a déjà servi ici à une demande d’un autre contenu.',
    field: 'Idempotency-Key',
    accepted: 'une clé nouvelle pour chaque demande nouvelle',
  },
  'file-digest-mismatch': {
    status: 400,
    title: 'Fichier altéré',
    detail: () => 'L’empreinte annoncée n’est pas celle du contenu reçu.',
  },
});

/** Every field that is wrong, at once. */
export const invalidRequest = (errors: readonly FieldError[]): Refusal =>
  new Refusal({
    code: 'invalid-request',
    status: 400,
    title: 'Demande invalide',
    detail: errors.length === 1 ? 'Un champ n’est pas acceptable.' : `${errors.length} champs ne sont pas acceptables.`,
    errors,
  });

/** The body as a whole cannot be read: cut, of another type, too large, too deep. */
export const unreadableBody = (code: string, detail: string, status = 400): Refusal =>
  new Refusal({ code, status, title: 'Corps de la demande refusé', detail, headers: status === 413 ? { connection: 'close' } : {} });

/** The same creation is being carried out at this moment. */
export const stillRunning = (): Refusal =>
  new Refusal({
    code: 'idempotency-key-in-use',
    status: 409,
    title: 'Demande déjà en cours',
    detail: 'La même demande est en cours de traitement : demandez sa réponse dans un instant avec la même clé.',
    headers: { 'retry-after': '1' },
  });

export const tooManyRequests = (retryAfterSeconds: number): Refusal =>
  new Refusal({
    code: 'too-many-requests',
    status: 429,
    title: 'Trop de demandes',
    detail: 'Trop de demandes ont été faites en peu de temps : attendez avant de recommencer.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
  });

export const unavailable = (): Refusal =>
  new Refusal({
    code: 'unavailable',
    status: 503,
    title: 'Service momentanément indisponible',
    detail: 'La demande n’a pas pu être traitée. Rien n’a été changé, ou la même demande répétée le dira : recommencez dans un instant.',
    headers: { 'retry-after': '2' },
  });

export const methodNotAllowed = (allow: readonly string[]): Refusal =>
  new Refusal({
    code: 'method-not-allowed',
    status: 405,
    title: 'Méthode non admise',
    detail: `Cette adresse n’admet que : ${allow.join(', ')}.`,
    headers: { allow: allow.join(', ') },
  });
