import type { Refusal } from '@isu/chassis';

/** Why a file was set aside, for whoever opens the folder: what is wrong, where, and what would be accepted. What it holds is not repeated. */
export const reasonText = (name: string, { title, detail, code, errors }: Refusal): string =>
  [
    `Fichier mis en quarantaine : ${name.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?').slice(0, 120)}`,
    `${title} (${code})`,
    detail,
    ...errors.map(({ field, code: fault, accepted }) => `- ${field === '' ? 'le fichier' : field} : ${fault}. Attendu : ${accepted}.`),
    'Corrigez-le et déposez-le de nouveau, avec sa signature, dans « inbox ».',
    '',
  ].join('\n');
