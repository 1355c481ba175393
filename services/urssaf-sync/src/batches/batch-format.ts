import { faultsOf, isObject, lineFields, said, type Field, type FieldFault } from '@isu/chassis';
import { activities, declarants, means } from '@isu/contracts';
import type {
  BalanceRecord,
  BatchHeader,
  BatchRecord,
  BatchTrailer,
  IncomeRecord,
  PaymentRecord,
  ReversalRecord,
  TaxIncomeRecord,
  TurnoverRecord,
} from '@isu/contracts';

/* The lines of a batch, field by field (docs/partner-exchange.md). */

const { amount, bookAmount, day, digest, digestOrNull, instant, oneOf, optional, signedAmount, text, whole } = lineFields;

/** What was turned over in a period: nil is declared too. */
const amountOrNil: Field = {
  ...amount,
  accepted: amount.accepted.replace('positif', 'positif ou nul'),
  holds: (value) => value === '0' || amount.holds(value),
};
const turnoverPeriod: Field = {
  code: 'period-malformed',
  accepted: 'un mois (2016-05) ou un trimestre (2016-Q2)',
  holds: (value) => typeof value === 'string' && /^20\d{2}-(?:0[1-9]|1[0-2]|Q[1-4])$/.test(value),
};

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

const income = {
  type: oneOf(['income']),
  reference: text(70),
  account: text(35),
  year: whole(2008, 2100),
  amount: bookAmount,
  receivedOn: day,
  declarant: oneOf(declarants),
  corrects: optional(text(70)),
} satisfies Record<keyof IncomeRecord, Field>;

const taxIncome = {
  type: oneOf(['tax-income']),
  reference: text(70),
  account: text(35),
  year: whole(2008, 2100),
  amount: bookAmount,
  receivedOn: day,
  corrects: optional(text(70)),
} satisfies Record<keyof TaxIncomeRecord, Field>;

const turnover = {
  type: oneOf(['turnover']),
  reference: text(70),
  account: text(35),
  period: turnoverPeriod,
  activity: oneOf(activities),
  amount: amountOrNil,
  receivedOn: day,
  declarant: oneOf(declarants),
  corrects: optional(text(70)),
} satisfies Record<keyof TurnoverRecord, Field>;

const balance = {
  type: oneOf(['balance']),
  account: text(35),
  year: whole(2008, 2100),
  code: text(40),
  called: bookAmount,
  paid: bookAmount,
  remaining: bookAmount,
} satisfies Record<keyof BalanceRecord, Field>;

const trailer = {
  type: oneOf(['trailer']),
  count: whole(0, highestNumber),
  controlTotal: signedAmount,
  digest,
} satisfies Record<keyof BatchTrailer, Field>;

const shapes = { header, payment, reversal, income, 'tax-income': taxIncome, turnover, balance, trailer } as const;

/** A line of a batch that has the shape of its type. */
export type BatchLine = BatchHeader | BatchRecord | BatchTrailer;

export type RecordType = BatchRecord['type'];

/** The line, or all that is wrong with it. `records`: what the flow carries between header and trailer. */
export function checkLine(value: unknown, records: readonly RecordType[]): BatchLine | readonly FieldFault[] {
  if (!isObject(value)) return [{ field: '', code: 'line-not-an-object', accepted: 'un objet JSON par ligne' }];
  const types = ['header', ...records, 'trailer'] as const;
  const type = types.find((one) => one === value['type']);
  if (type === undefined) return [{ field: 'type', ...said(oneOf(types)) }];
  const faults = faultsOf(value, shapes[type]);
  return faults.length === 0 ? (value as unknown as BatchLine) : faults;
}
