import { createHash, type Hash } from 'node:crypto';
import { parseStrictJson, UnacceptableJson } from '../requests/strict-json.js';
import { FileFaults } from './file-fault.js';
import type { FieldFault } from './line-fields.js';
import { isWrongEncoding, linesOf, tooLong } from './lines-of.js';

/** First line of a file of a numbered series. */
export interface SeriesHeader {
  readonly type: 'header';
  /** From 1, without holes. */
  readonly number: number;
  /** The business day that the file tells of. */
  readonly businessDate: string;
  /** Digest of the file before; null for number 1. */
  readonly previousDigest: string | null;
}

/** Last line: the digest is that of all bytes before it. */
export interface SeriesTrailer {
  readonly type: 'trailer';
  readonly count: number;
  readonly digest: string;
}

interface AnyLine {
  readonly type: string;
}

/** A file as it was read to its end. Header and trailer are there when there are no faults. */
export interface ReadFile<H extends SeriesHeader, T extends SeriesTrailer> {
  readonly header: H | null;
  readonly trailer: T | null;
  /** The last line with its LF: what a sender signs. */
  readonly signedBytes: Uint8Array;
  readonly count: number;
  /** Of all bytes before the trailer. */
  readonly digest: string;
  /** Of all bytes. */
  readonly fileDigest: string;
}

export type AddFault = (field: string, code: string, accepted: string) => void;

/** What one kind of file holds: NDJSON in UTF-8, a header, records, a trailer. */
export interface FileKind<H extends SeriesHeader, R extends AnyLine, T extends SeriesTrailer, S> {
  readonly mostLines: number;
  readonly faults: FileFaults;
  /** The line in its shape, or all that is wrong with it. */
  check(value: unknown): H | R | T | readonly FieldFault[];
  /** A record that has its shape: what is kept of it while the file is read. */
  staged(record: R, line: number, fault: AddFault): S;
  /** What the trailer must say beside count and digest. */
  compare?(trailer: T, fault: AddFault): void;
  /** Given each run of lines that are right, as long as the whole file is. */
  stage(run: readonly S[]): Promise<void>;
}

const runLength = 2_500;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a file line by line, however long it is, and says all that is wrong with its form. */
export async function readNumberedFile<H extends SeriesHeader, R extends AnyLine, T extends SeriesTrailer, S>(
  bytes: AsyncIterable<Uint8Array>,
  kind: FileKind<H, R, T, S>,
): Promise<ReadFile<H, T>> {
  const reader = new FileReader<H, R, T, S>(kind);
  const file = createHash('sha256');
  // One run is staged while the next is read.
  let staging: Promise<void> = Promise.resolve();
  try {
    for await (const line of linesOf(hashed(bytes, file))) {
      reader.take(line);
      if (!kind.faults.isEmpty || reader.run.length < runLength) continue;
      await staging;
      staging = kind.stage(reader.takeRun());
      // Heard where it is awaited; until then its failure is nobody's.
      staging.catch(() => undefined);
    }
  } finally {
    await staging;
  }
  const read = reader.end();
  if (kind.faults.isEmpty && reader.run.length > 0) await kind.stage(reader.takeRun());
  return { ...read, fileDigest: file.digest('hex') };
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const part of bytes) {
    hash.update(part);
    yield part;
  }
}

class FileReader<H extends SeriesHeader, R extends AnyLine, T extends SeriesTrailer, S> {
  run: S[] = [];
  private lines = 0;
  private header: H | null = null;
  private trailer: T | null = null;
  /** There is one, but its form is wrong: that is what is said, not that it is missing. */
  private hasWrongTrailer = false;
  private signedBytes: Uint8Array = new Uint8Array();
  private count = 0;
  private readonly content = createHash('sha256');
  private readonly fault: AddFault = (field, code, accepted) => this.kind.faults.add({ line: this.lines, field, code, accepted });

  constructor(private readonly kind: FileKind<H, R, T, S>) {}

  takeRun(): S[] {
    const run = this.run;
    this.run = [];
    return run;
  }

  take(bytes: Buffer): void {
    this.lines += 1;
    if (bytes === tooLong) return this.fault('', 'line-too-long', 'des lignes d’au plus 16 Kio');
    if (this.trailer) return this.fault('', 'content-after-trailer', 'rien après la ligne « trailer »');
    const { mostLines } = this.kind;
    if (this.lines > mostLines) return this.fault('', 'too-many-lines', `au plus ${String(mostLines)} lignes par lot`);
    if (bytes.at(-1) !== 0x0a) this.fault('', 'line-cut', 'un LF à la fin de chaque ligne, la dernière comprise');
    const line = this.lineOf(bytes);
    if (line?.type === 'trailer') {
      this.trailer = line as T;
      this.signedBytes = Uint8Array.from(bytes);
    } else this.content.update(bytes);
    if (line) this.place(line);
  }

  end(): Omit<ReadFile<H, T>, 'fileDigest'> {
    const whole = { line: null, field: '' };
    if (this.lines === 0)
      this.kind.faults.add({ ...whole, code: 'file-empty', accepted: 'une ligne « header », des lignes, une ligne « trailer »' });
    else if (!this.trailer && !this.hasWrongTrailer)
      this.kind.faults.add({ ...whole, code: 'trailer-missing', accepted: 'une dernière ligne « trailer »' });
    const digest = this.content.digest('hex');
    if (this.trailer && this.kind.faults.isEmpty) this.compare(this.trailer, digest);
    const { header, trailer, signedBytes, count } = this;
    return { header, trailer, signedBytes, count, digest };
  }

  private compare(trailer: T, digest: string): void {
    if (trailer.count !== this.count)
      this.fault('count', 'count-differs', `${String(this.count)}, le nombre de lignes entre l’en-tête et la fin`);
    this.kind.compare?.(trailer, this.fault);
    if (trailer.digest !== digest) this.fault('digest', 'digest-differs', 'le SHA-256 de tous les octets qui précèdent cette ligne');
  }

  private lineOf(bytes: Buffer): H | R | T | null {
    try {
      const value = parseStrictJson(utf8.decode(bytes));
      const line = this.kind.check(value);
      if (!Array.isArray(line)) return line as H | R | T;
      this.hasWrongTrailer ||= isTrailer(value);
      for (const { field, code, accepted } of line as readonly FieldFault[]) this.fault(field, code, accepted);
    } catch (error) {
      if (error instanceof UnacceptableJson) this.fault('', error.code, error.accepted);
      else if (isWrongEncoding(error)) this.fault('', 'encoding', 'de l’UTF-8 sans marque d’ordre des octets');
      else throw error;
    }
    return null;
  }

  private place(line: H | R | T): void {
    if ((line.type === 'header') !== (this.lines === 1))
      return this.fault('type', 'line-out-of-place', 'une ligne « header » en tête, et nulle part ailleurs');
    if (line.type === 'header') this.header = line as H;
    else if (line.type !== 'trailer') this.placeRecord(line as R);
  }

  private placeRecord(record: R): void {
    this.count += 1;
    const staged = this.kind.staged(record, this.lines, this.fault);
    if (this.kind.faults.isEmpty) this.run.push(staged);
  }
}

const isTrailer = (value: unknown): boolean => typeof value === 'object' && value !== null && 'type' in value && value.type === 'trailer';
