import { assert, Money } from '@isu/values';
import { decimalOf } from './sepa-parties.js';
import { sepaReference, sepaText } from './sepa-text.js';
import { declaration, xml, type XmlElement } from './xml.js';

/** What stands at the head of a message. */
export interface MessageHead {
  /** Ours alone, for ever: the bank answers by it. */
  readonly messageId: string;
  /** Local time, to the second: `2016-05-20T10:00:00`. */
  readonly createdAt: string;
  readonly initiator: string;
}

/** One block of a message: its totals are known before its transactions are read, and checked once they have been. */
export interface PartTotals {
  readonly partId: string;
  readonly count: number;
  readonly total: Money;
}

export interface WrittenPart<T> extends PartTotals {
  readonly transactions: Iterable<T> | AsyncIterable<T>;
}

interface Form<P, T> {
  readonly namespace: string;
  readonly root: string;
  /** `DD` or `TRF`. */
  readonly method: string;
  readonly afterTotals: (part: P) => readonly XmlElement[];
  readonly transaction: (transaction: T, part: P) => XmlElement;
  readonly amountOf: (transaction: T) => Money;
}

/**
 * Writes a message piece by piece, whatever its length: at most one transaction is in memory. Throws when a part does not add up to what
 * its head says, after the head has been written: the file is then thrown away, never sent.
 */
export async function* writeMessage<T, P extends WrittenPart<T>>(
  head: MessageHead,
  parts: readonly P[],
  form: Form<P, T>,
): AsyncGenerator<string> {
  assert(parts.length > 0, 'a message asks for something');
  yield `${declaration}<Document xmlns="${form.namespace}"><${form.root}>${xml(groupHeader(head, parts))}`;
  for (const part of parts) {
    const opening: XmlElement[] = [
      ['PmtInfId', sepaReference(part.partId, 'partId')],
      ['PmtMtd', form.method],
      ...totals(part),
      ...form.afterTotals(part),
    ];
    yield `<PmtInf>${opening.map(xml).join('')}`;
    yield* transactionsOf(part, form);
    yield '</PmtInf>';
  }
  yield `</${form.root}></Document>\n`;
}

async function* transactionsOf<T, P extends WrittenPart<T>>(part: P, form: Form<P, T>): AsyncGenerator<string> {
  let [count, cents] = [0, 0];
  for await (const transaction of part.transactions) {
    count += 1;
    cents += form.amountOf(transaction).cents;
    yield xml(form.transaction(transaction, part));
  }
  assert(count === part.count && cents === part.total.cents, 'a part holds the transactions and the euros that its head says');
}

const totals = ({ count, total }: Pick<PartTotals, 'count' | 'total'>): XmlElement[] => [
  ['NbOfTxs', String(count)],
  ['CtrlSum', decimalOf(total)],
];

function groupHeader({ messageId, createdAt, initiator }: MessageHead, parts: readonly PartTotals[]): XmlElement {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return [
    'GrpHdr',
    [
      ['MsgId', sepaReference(messageId, 'messageId')],
      ['CreDtTm', createdAt],
      ...totals({ count, total: Money.sum(parts.map(({ total }) => total)) }),
      ['InitgPty', [['Nm', sepaText(initiator, 70)]]],
    ],
  ];
}
