import { paymentReferenceOf } from '@isu/contracts';
import { assert, Day, Iban, Money } from '@isu/values';
import { debitParts, directDebitMessage, type Creditor, type DebitPart, type DirectDebit } from '../sepa/direct-debits.js';
import { pain008Schema } from '../sepa/pain-008-schema.js';
import { SchemaCheck } from '../sepa/schema-check.js';
import { isReadable } from '../sepa/sepa-text.js';
import type { BankDetailsOfDebtor, DecidedDebit } from './debit.js';

/** A debit that was decided, with what the bank must know and nobody keeps. */
export interface DebitToWrite {
  readonly account: string;
  readonly debit: DecidedDebit;
  readonly details: BankDetailsOfDebtor;
}

export interface WrittenMessage {
  readonly content: string;
  readonly count: number;
  readonly total: Money;
  /** In which block of the message each debit stands, by its reference. */
  readonly partOf: ReadonlyMap<string, string>;
}

export interface MessageFrame {
  readonly messageId: string;
  readonly createdAt: string;
  readonly creditor: Omit<Creditor, 'ics'>;
}

const largest = Money.of('999999999.99');
let kept: SchemaCheck | undefined;
const schema = (): SchemaCheck => (kept ??= new SchemaCheck(pain008Schema));

/** Whether a bank could read it: one that could not must not keep the others from leaving. */
export const isWritable = ({ debit, details }: DebitToWrite): boolean => isReadable(details.name) && debit.amount.atMost(largest);

/** One message for the bank, whole and checked against its schema: blocks of one sequence and one day each. */
export async function writeDebits(
  debits: readonly DebitToWrite[],
  { messageId, createdAt, creditor }: MessageFrame,
): Promise<WrittenMessage> {
  const [first] = debits;
  assert(first !== undefined, 'a message asks for something');
  const days = [...new Set(debits.map(({ debit }) => debit.collectOn.iso))].sort();
  const parts = days.flatMap((day, rank): DebitPart[] =>
    debitParts(debits.filter(({ debit }) => debit.collectOn.iso === day).map(directDebitOf), {
      ...{ collectOn: Day.of(day), prefix: `${messageId}-${String(rank + 1)}`, most: debits.length },
    }),
  );
  const head = { messageId, createdAt, initiator: creditor.name };
  let content = '';
  for await (const piece of directDebitMessage(head, { ...creditor, ics: first.details.ics ?? '' }, parts)) content += piece;
  schema().check(content);
  return {
    content,
    count: debits.length,
    total: Money.sum(debits.map(({ debit }) => debit.amount)),
    partOf: new Map(
      parts.flatMap(({ partId, transactions }) =>
        [...(transactions as Iterable<DirectDebit>)].map(({ endToEnd }) => [endToEnd, partId] as const),
      ),
    ),
  };
}

function directDebitOf({ account, debit, details }: DebitToWrite): DirectDebit {
  const { endToEnd, amount, sequence, isOtherBank, parts } = debit;
  const [named] = parts;
  return {
    ...{ endToEnd, amount, sequence, isOtherBank },
    mandate: { rum: details.rum ?? '', signedOn: Day.of(details.signedOn ?? '') },
    debtor: { name: details.name, iban: Iban.of(details.iban) },
    ...(named ? { reference: paymentReferenceOf({ account, instalment: named.instalment }) } : {}),
  };
}
