import { InvalidSepaField } from './invalid-sepa-field.js';

/** What every bank of the scheme reads: « jeu de caractères latins de base » (EPC217-08, guide d'implémentation SEPA). */
const readable = /[^A-Za-z0-9/\-?:().,'+ ]/g;
const ligatures: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  '’': "'",
  '–': '-',
  '—': '-',
  '€': 'EUR',
};

const plainOf = (text: string): string =>
  [...text.normalize('NFC')]
    .map((sign) => ligatures[sign] ?? sign)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(readable, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Whether anything is left of a text in the signs that banks read. */
export const isReadable = (text: string): boolean => plainOf(text) !== '';

/** A name or a label as banks read it: without accents, other signs as a space, cut at its longest. */
export function sepaText(text: string, longest: number): string {
  const plain = plainOf(text);
  if (plain === '') throw new InvalidSepaField('text', 'un texte dont il reste quelque chose en caractères latins');
  return plain.slice(0, longest).trim();
}

/** A reference is kept as it is or refused: what comes back from the bank must be found again. No slash at its ends, nor two in a row. */
export function sepaReference(reference: string, field: string): string {
  const isReadable = /^[A-Za-z0-9/\-?:().,'+ ]{1,35}$/.test(reference) && reference.trim() === reference;
  if (!isReadable || reference.startsWith('/') || reference.endsWith('/') || reference.includes('//')) {
    throw new InvalidSepaField(field, 'au plus 35 caractères latins de base, sans barre oblique au début, à la fin ni doublée');
  }
  return reference;
}
