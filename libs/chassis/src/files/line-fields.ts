import { digestPattern, isDayText, lineOfTextPattern, moneyPattern, positiveMoneyPattern } from '@isu/contracts';

/* What a field of a line of a file may hold. A field that a line does not have is refused: it may be a misspelt one. */

export interface Field {
  readonly code: string;
  readonly accepted: string;
  readonly optional?: boolean;
  holds(value: unknown): boolean;
}

/** What is wrong with one field of a line. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly accepted: string;
}

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);

const text = (longest: number): Field => ({
  code: 'text-malformed',
  accepted: `une ligne de texte de 1 à ${String(longest)} caractères`,
  holds: (value) => typeof value === 'string' && value.length <= longest && lineOfTextPattern.test(value),
});
const oneOf = (values: readonly string[]): Field => ({
  code: 'value-unknown',
  accepted: `l’une des valeurs : ${values.join(', ')}`,
  holds: (value) => typeof value === 'string' && values.includes(value),
});
const whole = (least: number, most: number): Field => ({
  code: 'number-malformed',
  accepted: `un nombre entier de ${String(least)} à ${String(most)}`,
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
});
const flag: Field = { code: 'flag-malformed', accepted: 'true ou false', holds: (value) => typeof value === 'boolean' };
const day: Field = { code: 'day-malformed', accepted: 'un jour du calendrier au format AAAA-MM-JJ', holds: isDayText };
const belowMilliard = /^-?\d{1,9}(?:\.|$)/;
/** Below a thousand million euros: more is a mistake, and would not fit the books. */
const amount: Field = {
  code: 'money-malformed',
  accepted: 'un montant en euros, positif, inférieur à un milliard, entre guillemets : « 1690 » ou « 1234.50 »',
  holds: (value) => matches(positiveMoneyPattern)(value) && belowMilliard.test(value as string),
};
/** What a book says of one account: it may be negative. */
const bookAmount: Field = {
  code: 'money-malformed',
  accepted: 'un montant en euros entre guillemets, inférieur à un milliard, négatif s’il le faut : « 1690 », « -1234.50 »',
  holds: (value) => matches(moneyPattern)(value) && belowMilliard.test(value as string),
};
const signedAmount: Field = {
  code: 'money-malformed',
  accepted: 'un montant en euros entre guillemets, négatif s’il le faut : « 1690 », « -1234.50 »',
  holds: matches(moneyPattern),
};
const digest: Field = {
  code: 'digest-malformed',
  accepted: '64 chiffres hexadécimaux minuscules (SHA-256)',
  holds: matches(digestPattern),
};
const digestOrNull: Field = { ...digest, holds: (value) => value === null || digest.holds(value) };
const instant: Field = {
  code: 'instant-malformed',
  accepted: 'un instant UTC tel que 2016-05-20T18:00:00Z',
  holds: (value) => matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/)(value) && isDayText((value as string).slice(0, 10)),
};
const optional = (field: Field): Field => ({ ...field, optional: true });

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** All that is wrong with a line of this shape. */
export function faultsOf(value: JsonObject, shape: Readonly<Record<string, Field>>): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const name of Object.keys(shape)) {
    const field = shape[name] as Field;
    const given = value[name];
    if (given === undefined ? !field.optional : !field.holds(given)) faults.push({ field: name, ...said(field) });
  }
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(shape, name))
      faults.push({ field: '', code: 'field-unknown', accepted: `les seuls champs : ${Object.keys(shape).join(', ')}` });
  }
  return faults;
}

export const said = ({ code, accepted }: Field): Omit<FieldFault, 'field'> => ({ code, accepted });

/** The kinds of fields, by what they hold. */
export const lineFields = {
  text,
  oneOf,
  whole,
  flag,
  day,
  amount,
  bookAmount,
  signedAmount,
  digest,
  digestOrNull,
  instant,
  optional,
} as const;
