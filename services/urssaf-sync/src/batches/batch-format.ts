import { isDayText, lineOfTextPattern, means, moneyPattern, positiveMoneyPattern, digestPattern } from '@isu/contracts';
import type { BatchHeader, BatchTrailer, PaymentRecord, ReversalRecord } from '@isu/contracts';

/* The lines of a batch, field by field (docs/partner-exchange.md). A field that the format does not have is refused: it may be a misspelt one. */

interface Field {
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
const day: Field = { code: 'day-malformed', accepted: 'un jour du calendrier au format AAAA-MM-JJ', holds: isDayText };
/** Below a thousand million euros: more is a mistake, and would not fit the books. */
const amount: Field = {
  code: 'money-malformed',
  accepted: 'un montant en euros, positif, inférieur à un milliard, entre guillemets : « 1690 » ou « 1234.50 »',
  holds: (value) => matches(positiveMoneyPattern)(value) && /^\d{1,9}(?:\.|$)/.test(value as string),
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

const highestNumber = 999_999_999;

const header = {
  type: oneOf(['header']),
  format: oneOf(['isu-batch/1']),
  partner: text(31),
  flow: text(31),
  number: whole(1, highestNumber),
  businessDate: day,
  previousDigest: digestOrNull,
  createdAt: instant,
} satisfies Record<keyof BatchHeader, Field>;

const allocationPart = { year: whole(2008, 2100), code: text(40), amount };
const allocation: Field = {
  code: 'allocation-malformed',
  accepted: 'une liste d’au plus 80 objets {"year","code","amount"}',
  holds: (value) =>
    Array.isArray(value) && value.length <= 80 && value.every((part) => isObject(part) && faultsOf(part, allocationPart).length === 0),
};

const payment = {
  type: oneOf(['payment']),
  reference: text(70),
  // Any text: money for a number that is no account's is kept and looked into, never refused.
  account: text(35),
  amount,
  valueOn: day,
  means: oneOf(means),
  paymentReference: optional(text(35)),
  bankReference: optional(text(70)),
  allocation: optional(allocation),
} satisfies Record<keyof PaymentRecord, Field>;

const reversal = {
  type: oneOf(['reversal']),
  reference: text(70),
  reverses: text(70),
  amount,
  valueOn: day,
  reason: text(140),
} satisfies Record<keyof ReversalRecord, Field>;

const trailer = {
  type: oneOf(['trailer']),
  count: whole(0, highestNumber),
  controlTotal: signedAmount,
  digest,
} satisfies Record<keyof BatchTrailer, Field>;

const shapes = { header, payment, reversal, trailer } as const;

/** A line of a batch that has the shape of its type. */
export type BatchLine = BatchHeader | PaymentRecord | ReversalRecord | BatchTrailer;

/** The line, or all that is wrong with it. */
export function checkLine(value: unknown): BatchLine | readonly FieldFault[] {
  if (!isObject(value)) return [{ field: '', code: 'line-not-an-object', accepted: 'un objet JSON par ligne' }];
  const shape =
    typeof value['type'] === 'string' && Object.hasOwn(shapes, value['type']) ? shapes[value['type'] as keyof typeof shapes] : null;
  if (shape === null) return [{ field: 'type', ...said(oneOf(Object.keys(shapes))) }];
  const faults = faultsOf(value, shape);
  return faults.length === 0 ? (value as unknown as BatchLine) : faults;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function faultsOf(value: JsonObject, shape: Readonly<Record<string, Field>>): FieldFault[] {
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

const said = ({ code, accepted }: Field): Omit<FieldFault, 'field'> => ({ code, accepted });
