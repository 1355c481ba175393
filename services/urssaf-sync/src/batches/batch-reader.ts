import { readNumberedFile, type FileFaults, type ReadFile } from '@isu/chassis';
import { controlAmountOf, type BatchHeader, type BatchRecord, type BatchTrailer } from '@isu/contracts';
import { Money } from '@isu/values';
import { contentOf, type StagedLine } from '../payments/money-line.js';
import { checkLine, type RecordType } from './batch-format.js';

/** A batch as it was read to its end. */
export interface ReadBatch extends ReadFile<BatchHeader, BatchTrailer> {
  readonly total: Money;
}

export const mostLines = 1_000_000;
/** What a total of the books can hold: 999 999 999 999,99 €. */
const mostCents = 99_999_999_999_999;

interface Reading {
  /** What the flow carries. */
  readonly records: readonly RecordType[];
  readonly faults: FileFaults;
  /** Given each run of lines that are right, as long as the whole file is. */
  stage(run: readonly StagedLine<object>[]): Promise<void>;
}

/** Reads a batch line by line, adds its euros up, and says all that is wrong with its form. */
export async function readBatch(bytes: AsyncIterable<Uint8Array>, { records, faults, stage }: Reading): Promise<ReadBatch> {
  let cents = 0;
  const read = await readNumberedFile<BatchHeader, BatchRecord, BatchTrailer, StagedLine<object>>(bytes, {
    ...{ mostLines, faults, stage },
    check: (value) => checkLine(value, records),
    staged: (record, line, fault) => {
      cents += controlAmountOf(record).cents;
      if (Math.abs(cents) > mostCents) fault('amount', 'total-too-large', 'un total d’au plus 999 999 999 999,99 € par lot');
      const { type: kind, ...said } = record;
      const content = { kind, ...said };
      return { line, content: contentOf(content), record: content };
    },
    compare: ({ controlTotal }, fault) => {
      if (controlTotal !== Money.cents(cents).toString())
        fault('controlTotal', 'control-total-differs', 'la somme des lignes, au centime (les annulations en moins)');
    },
  });
  return { ...read, total: Money.cents(cents) };
}
