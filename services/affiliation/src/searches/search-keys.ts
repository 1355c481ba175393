import type { FieldProtection } from '@isu/chassis';
import type { Identity } from '../insured-persons/insured-person.js';

/** The blind indexes by which a person is found; what they were made of stays sealed. */
export interface SearchKeys {
  readonly familyNameIndex: Buffer;
  /** Family name and first given name. */
  readonly fullNameIndex: Buffer;
  readonly emailIndex: Buffer | null;
}

type Blind = Pick<FieldProtection, 'blindIndex'>;

export const searchKeysOf = (protection: Blind, { familyName, givenNames, email }: Identity): SearchKeys => ({
  familyNameIndex: familyNameIndex(protection, familyName),
  fullNameIndex: fullNameIndex(protection, familyName, givenNames),
  emailIndex: email === null ? null : emailIndex(protection, email),
});

export const familyNameIndex = (protection: Blind, familyName: string): Buffer =>
  protection.blindIndex('family-name', comparableName(familyName));

export const fullNameIndex = (protection: Blind, familyName: string, givenNames: string): Buffer =>
  protection.blindIndex('full-name', `${comparableName(familyName)}\0${comparableName(firstGivenName(givenNames))}`);

export const emailIndex = (protection: Blind, email: string): Buffer => protection.blindIndex('email', comparableEmail(email));

/** Letters alone, without accents or case: « Le Goff », « LE-GOFF » and « Le Goff » are one name, as the civil registry writes it in three ways. */
export const comparableName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[œŒ]/g, 'OE')
    .replaceAll(/[æÆ]/g, 'AE')
    .toUpperCase()
    .replaceAll(/[^\p{L}]/gu, '');

/** Given names are written one after the other; a hyphen makes one of two. */
const firstGivenName = (givenNames: string): string => givenNames.trim().split(/[\s,]+/u, 1)[0] ?? '';

/** No mail house that serves people tells boxes apart by case. */
const comparableEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();
