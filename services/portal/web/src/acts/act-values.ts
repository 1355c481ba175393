import { amountTyped } from '../ui/typed-amount.js';
import type { ActFieldShape } from './act-field.js';

export type Values = Readonly<Record<string, string | boolean>>;

export const startOf = (fields: readonly ActFieldShape[]): Values =>
  Object.fromEntries(fields.map(({ name, kind, start }) => [name, start ?? (kind === 'tick' ? false : '')]));

/** Why a field cannot be sent as it stands; null where it can. */
export function missingIn({ name, kind, isOptional = false }: ActFieldShape, values: Values): string | null {
  const value = values[name];
  if (kind === 'tick') return isOptional || value === true ? null : 'Cochez cette case pour continuer.';
  const text = String(value).trim();
  if (text === '') return isOptional ? null : 'Ce champ est à remplir.';
  return kind === 'amount' && amountTyped(text) === null ? 'Attendu : un montant en euros, par exemple 26 000 ou 1 234,56.' : null;
}

/** What is sent: an empty field that may be left out is left out, or taken away where that says something. */
export function bodyOf(fields: readonly ActFieldShape[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, kind, emptyIsNone, isNumber, isAsked } of fields) {
    const value = values[name];
    if (isAsked === true) continue;
    if (typeof value === 'boolean') body[name] = value;
    else {
      const text = String(value).trim();
      if (text !== '')
        body[name] = kind === 'amount' ? amountTyped(text) : kind === 'yes-no' ? text === 'yes' : isNumber ? Number(text) : text;
      else if (emptyIsNone) body[name] = null;
    }
  }
  return body;
}
