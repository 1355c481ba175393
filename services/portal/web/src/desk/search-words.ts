import { AccountNumber, InvalidValue, Nir, Siret } from '@isu/values';
import type { SearchRequest } from '../../../src/face/desk.js';

export type SearchBy = SearchRequest['by'];

/** What an agent has typed, before it is known to be a question that can be asked. */
export interface Typed {
  readonly by: SearchBy;
  readonly text: string;
  readonly givenNames: string;
  readonly purpose: string;
}

interface Question {
  readonly label: string;
  readonly help: string;
  readonly inputMode: 'text' | 'numeric';
}

export const questions: Readonly<Record<SearchBy, Question>> = {
  account: { label: 'Numéro de compte', help: '13 chiffres, avec ou sans espaces.', inputMode: 'numeric' },
  name: { label: 'Nom de famille', help: 'En entier ; les accents et les majuscules ne comptent pas.', inputMode: 'text' },
  siret: { label: 'SIRET', help: '14 chiffres, avec ou sans espaces.', inputMode: 'numeric' },
  nir: {
    label: 'Numéro de sécurité sociale',
    help: '15 caractères. Il n’est écrit dans aucune adresse ni aucun journal.',
    inputMode: 'text',
  },
};

export type Read = { readonly request: SearchRequest } | { readonly error: string };

/** The question as the portal takes it, or what would be accepted instead. */
export function searchOf({ by, text, givenNames, purpose: typed }: Typed): Read {
  const bare = text.replace(/\s/gu, '');
  const purpose = typed.trim();
  try {
    if (by === 'account') return { request: { by, account: AccountNumber.of(bare).toString(), purpose } };
    if (by === 'siret') return { request: { by, siret: Siret.of(bare).toString(), purpose } };
    if (by === 'nir') return { request: { by, nir: Nir.of(bare.toUpperCase()).toString(), purpose } };
  } catch (error) {
    if (error instanceof InvalidValue) return { error: `Accepté : ${error.accepted}.` };
    throw error;
  }
  const familyName = text.trim();
  if (familyName === '') return { error: 'Écrivez un nom de famille.' };
  return { request: { by, familyName, ...(givenNames.trim() === '' ? {} : { givenNames: givenNames.trim() }), purpose } };
}
