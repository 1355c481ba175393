import { createHash, type Hash } from 'node:crypto';
import { parseStrictJson, UnacceptableJson } from '@isu/chassis';
import { controlAmountOf, type BatchHeader, type BatchRecord, type BatchTrailer } from '@isu/contracts';
import { Money } from '@isu/values';
import { contentOf, type StagedLine } from '../payments/money-line.js';
import { checkLine, type BatchLine, type RecordType } from './batch-format.js';
import { FileFaults } from './file-fault.js';
import { isWrongEncoding, linesOf, tooLong } from './lines-of.js';

/** A batch as it was read to its end. Header and trailer are there when there are no faults. */
export interface ReadBatch {
  readonly header: BatchHeader | null;
  readonly trailer: BatchTrailer | null;
  /** The last line with its LF: what the partner signs. */
  readonly signedBytes: Uint8Array;
  readonly count: number;
  readonly total: Money;
  /** Of all bytes before the trailer. */
  readonly digest: string;
  /** Of all bytes. */
  readonly fileDigest: string;
}

export const mostLines = 1_000_000;
/** What a total of the books can hold: 999 999 999 999,99 €. */
const mostCents = 99_999_999_999_999;
const runLength = 1_000;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

interface Reading {
  /** What the flow carries. */
  readonly records: readonly RecordType[];
  readonly faults: FileFaults;
  /** Given each run of lines that are right, as long as the whole file is. */
  stage(run: readonly StagedLine<object>[]): Promise<void>;
}

/** Reads a batch line by line, however long it is, and says all that is wrong with its form. */
export async function readBatch(bytes: AsyncIterable<Uint8Array>, { records, faults, stage }: Reading): Promise<ReadBatch> {
  const reader = new BatchReader(records, faults);
  const file = createHash('sha256');
  // One run is staged while the next is read.
  let staging: Promise<void> = Promise.resolve();
  try {
    for await (const line of linesOf(hashed(bytes, file))) {
      reader.take(line);
      if (!faults.isEmpty || reader.run.length < runLength) continue;
      await staging;
      staging = stage(reader.takeRun());
      // Heard where it is awaited; until then its failure is nobody's.
      staging.catch(() => undefined);
    }
  } finally {
    await staging;
  }
  const read = reader.end();
  if (faults.isEmpty && reader.run.length > 0) await stage(reader.takeRun());
  return { ...read, fileDigest: file.digest('hex') };
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const part of bytes) {
    hash.update(part);
    yield part;
  }
}

class BatchReader {
  run: StagedLine<object>[] = [];
  lines = 0;
  private header: BatchHeader | null = null;
  private trailer: BatchTrailer | null = null;
  private signedBytes: Uint8Array = new Uint8Array();
  private count = 0;
  private cents = 0;
  private readonly content = createHash('sha256');

  constructor(
    private readonly records: readonly RecordType[],
    private readonly faults: FileFaults,
  ) {}

  takeRun(): StagedLine<object>[] {
    const run = this.run;
    this.run = [];
    return run;
  }

  take(bytes: Buffer): void {
    this.lines += 1;
    if (bytes === tooLong) return this.fault('', 'line-too-long', 'des lignes d’au plus 16 Kio');
    if (this.trailer) return this.fault('', 'content-after-trailer', 'rien après la ligne « trailer »');
    if (this.lines > mostLines) return this.fault('', 'too-many-lines', `au plus ${String(mostLines)} lignes par lot`);
    if (bytes.at(-1) !== 0x0a) this.fault('', 'line-cut', 'un LF à la fin de chaque ligne, la dernière comprise');
    const line = this.lineOf(bytes);
    if (line?.type === 'trailer') {
      this.trailer = line;
      this.signedBytes = Uint8Array.from(bytes);
    } else this.content.update(bytes);
    if (line) this.place(line);
  }

  end(): Omit<ReadBatch, 'fileDigest'> {
    if (this.lines === 0)
      this.faults.add({ line: null, field: '', code: 'file-empty', accepted: 'une ligne « header », des lignes, une ligne « trailer »' });
    else if (!this.trailer) this.faults.add({ line: null, field: '', code: 'trailer-missing', accepted: 'une dernière ligne « trailer »' });
    const digest = this.content.digest('hex');
    if (this.trailer && this.faults.isEmpty) this.compare(this.trailer, digest);
    const { header, trailer, signedBytes, count } = this;
    return { header, trailer, signedBytes, count, total: Money.cents(this.cents), digest };
  }

  private compare(trailer: BatchTrailer, digest: string): void {
    const total = Money.cents(this.cents).toString();
    if (trailer.count !== this.count)
      this.fault('count', 'count-differs', `${String(this.count)}, le nombre de lignes entre l’en-tête et la fin`);
    if (trailer.controlTotal !== total)
      this.fault('controlTotal', 'control-total-differs', 'la somme des lignes, au centime (les annulations en moins)');
    if (trailer.digest !== digest) this.fault('digest', 'digest-differs', 'le SHA-256 de tous les octets qui précèdent cette ligne');
  }

  private lineOf(bytes: Buffer): BatchLine | null {
    try {
      const line = checkLine(parseStrictJson(utf8.decode(bytes)), this.records);
      if (!Array.isArray(line)) return line as BatchLine;
      for (const { field, code, accepted } of line) this.fault(field, code, accepted);
    } catch (error) {
      if (error instanceof UnacceptableJson) this.fault('', error.code, error.accepted);
      else if (isWrongEncoding(error)) this.fault('', 'encoding', 'de l’UTF-8 sans marque d’ordre des octets');
      else throw error;
    }
    return null;
  }

  private place(line: BatchLine): void {
    if ((line.type === 'header') !== (this.lines === 1))
      return this.fault('type', 'line-out-of-place', 'une ligne « header » en tête, et nulle part ailleurs');
    if (line.type === 'header') this.header = line;
    else if (line.type !== 'trailer') this.placeRecord(line);
  }

  private placeRecord(record: BatchRecord): void {
    this.count += 1;
    this.cents += controlAmountOf(record).cents;
    if (Math.abs(this.cents) > mostCents) this.fault('amount', 'total-too-large', 'un total d’au plus 999 999 999 999,99 € par lot');
    if (!this.faults.isEmpty) return;
    const { type: kind, ...said } = record;
    const line = { kind, ...said };
    this.run.push({ line: this.lines, content: contentOf(line), record: line });
  }

  private fault(field: string, code: string, accepted: string): void {
    this.faults.add({ line: this.lines, field, code, accepted });
  }
}
