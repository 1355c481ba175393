import { refundReferenceOf } from '@isu/contracts';
import { assert, Day, Money } from '@isu/values';
import { creditTransferMessage, type CreditTransfer, type TransferPart } from '../sepa/credit-transfers.js';
import { pain001Schema } from '../sepa/pain-001-schema.js';
import { SchemaCheck } from '../sepa/schema-check.js';
import type { BankAccount } from '../sepa/sepa-parties.js';
import type { Refund } from './refund.js';

/** A refund with what the bank must know and nobody keeps. */
export interface TransferToWrite {
  readonly refund: Refund;
  /** Of the bank details. */
  readonly version: number;
  readonly creditor: BankAccount & { readonly name: string };
}

interface Frame {
  readonly messageId: string;
  readonly createdAt: string;
  readonly executeOn: Day;
  readonly debtor: BankAccount & { readonly name: string };
}

export interface WrittenTransfers {
  readonly content: string;
  readonly count: number;
  readonly total: Money;
  /** In which block each refund stands. */
  readonly partOf: ReadonlyMap<string, string>;
}

const transfersAPart = 500;
let kept: SchemaCheck | undefined;
const schema = (): SchemaCheck => (kept ??= new SchemaCheck(pain001Schema));

/** One message for the bank, whole and checked against its schema, in blocks of bounded size. */
export async function writeTransfers(
  transfers: readonly TransferToWrite[],
  { messageId, createdAt, executeOn, debtor }: Frame,
): Promise<WrittenTransfers> {
  assert(transfers.length > 0, 'a message asks for something');
  const blocks = Array.from({ length: Math.ceil(transfers.length / transfersAPart) }, (_, rank) => ({
    partId: `${messageId}-${String(rank + 1)}`,
    mine: transfers.slice(rank * transfersAPart, (rank + 1) * transfersAPart),
  }));
  const parts = blocks.map(({ partId, mine }): TransferPart => ({
    ...{ partId, executeOn, count: mine.length, total: totalOf(mine) },
    transactions: mine.map(transferOf),
  }));
  let content = '';
  for await (const piece of creditTransferMessage({ messageId, createdAt, initiator: debtor.name }, debtor, parts)) content += piece;
  schema().check(content);
  return {
    ...{ content, count: transfers.length, total: totalOf(transfers) },
    partOf: new Map(blocks.flatMap(({ partId, mine }) => mine.map(({ refund }) => [refund.id, partId] as const))),
  };
}

const totalOf = (transfers: readonly TransferToWrite[]): Money => Money.sum(transfers.map(({ refund }) => refund.amount));

const transferOf = ({ refund: { account, number, amount }, creditor }: TransferToWrite): CreditTransfer => ({
  ...{ endToEnd: refundReferenceOf({ account, number }), amount, creditor },
  label: `Remboursement de cotisations, compte ${account}`,
});
