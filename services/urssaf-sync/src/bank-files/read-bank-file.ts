import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { isDayText } from '@isu/contracts';
import { Money } from '@isu/values';
import { isWrongEncoding, type FileFaults } from '@isu/chassis';
import { contentOf, eurosIn, type MoneyLine, type StagedLine } from '../payments/money-line.js';
import {
  acceptedInWords,
  messageOf,
  noticeSource,
  type BankFileHead,
  type BankMessage,
  type BankSource,
  type MessageBody,
} from './bank-message.js';
import { cut } from './bank-lines.js';
import { SafeXml, type XmlListener } from './safe-xml.js';

/** A bank's message as it was read to its end. */
export interface ReadBankFile {
  /** Of a file that says nothing readable, the notices. */
  readonly source: BankSource;
  /** SHA-256 of all bytes. */
  readonly digest: string;
  /** Null when the file is refused. */
  readonly file: AcceptableFile | null;
}

export interface AcceptableFile {
  /** Message id, with the page of a message in several. */
  readonly name: string;
  readonly createdOn: string;
  readonly count: number;
  readonly total: Money;
}

/** What a total of the books can hold: 999 999 999 999,99 €. */
const mostCents = 99_999_999_999_999;
const runLength = 1_000;

interface Reading {
  readonly faults: FileFaults;
  /** Given each run of lines, as long as the whole file is right. */
  stage(run: readonly StagedLine[]): Promise<void>;
}

/** Reads a bank's message as it comes, however long it is. */
export async function readBankFile(bytes: AsyncIterable<Uint8Array>, { faults, stage }: Reading): Promise<ReadBankFile> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = new BankFileReader(faults);
  for await (const part of bytes) {
    hash.update(part);
    const text = faults.isEmpty ? decoded(decoder, part, faults) : null;
    if (text !== null) reader.take(text);
    if (faults.isEmpty && reader.run.length >= runLength) await stage(reader.takeRun());
  }
  if (faults.isEmpty) decoded(decoder, null, faults);
  const head = reader.end();
  const read = { source: reader.source, digest: hash.digest('hex') };
  if (!head || !faults.isEmpty) return { ...read, file: null };
  if (reader.run.length > 0) await stage(reader.takeRun());
  const { messageId, page, createdOn } = head;
  const name = page === null ? messageId : `${messageId}/${page}`;
  return { ...read, file: { name, createdOn, count: reader.count, total: Money.cents(reader.cents) } };
}

/** Which message it is, its header, and its lines, numbered and added up. */
class BankFileReader implements XmlListener {
  run: StagedLine[] = [];
  count = 0;
  cents = 0;
  private readonly xml: SafeXml;
  private readonly header = new Map<string, string>();
  private message: BankMessage | null = null;
  private body: MessageBody | null = null;
  private head: BankFileHead | null = null;

  constructor(private readonly faults: FileFaults) {
    this.xml = new SafeXml(faults, this);
  }

  get source(): BankSource {
    return this.message?.source ?? noticeSource;
  }

  take(text: string): void {
    if (this.xml.take(text)) this.gather();
  }

  takeRun(): StagedLine[] {
    return this.run.splice(0);
  }

  /** Null when the file is refused. */
  end(): BankFileHead | null {
    if (!this.xml.end()) return null;
    this.gather();
    if (!this.head) this.xml.stop('header-missing', 'un en-tête GrpHdr');
    if (Math.abs(this.cents) > mostCents)
      this.faults.add({ line: null, field: '', code: 'total-too-large', accepted: 'un total d’au plus 999 999 999 999,99 €' });
    return this.faults.isEmpty ? this.head : null;
  }

  opened(path: string, { uri, currency }: { uri: string; currency: string }): void {
    const inside = this.inside(path);
    if (inside !== null) return this.body?.opened(inside, currency);
    if (this.message === null) {
      this.message = path === 'Document' ? messageOf(uri) : null;
      this.body = this.message?.body() ?? null;
      if (!this.message) this.xml.stop('message-not-accepted', acceptedInWords);
    } else if (path !== `Document/${this.message.root}`) this.xml.stop('message-not-accepted', acceptedInWords);
  }

  closed(path: string, text: string): void {
    const inside = this.inside(path);
    if (inside === null) return;
    if (inside === 'GrpHdr') return this.closeHeader();
    if (inside.startsWith('GrpHdr/')) return void (text !== '' && this.header.set(inside.slice('GrpHdr/'.length), text));
    if (inside === this.body?.unit && !this.head) return this.xml.stop('header-missing', 'un en-tête GrpHdr avant les écritures');
    this.body?.closed(inside, text);
  }

  private inside(path: string): string | null {
    const start = this.message ? `Document/${this.message.root}/` : null;
    return start !== null && path.startsWith(start) ? path.slice(start.length) : null;
  }

  private closeHeader(): void {
    const [messageId = '', created = ''] = [this.header.get('MsgId'), this.header.get('CreDtTm')];
    if (messageId === '') return this.xml.stop('message-id-missing', 'un identifiant de message (GrpHdr/MsgId)');
    if (!isDayText(created.slice(0, 10))) return this.xml.stop('creation-date-missing', 'une date de création (GrpHdr/CreDtTm)');
    const [page, isLast] = [this.header.get('MsgPgntn/PgNb') ?? '1', this.header.get('MsgPgntn/LastPgInd') ?? 'true'];
    this.head = {
      messageId: cut(messageId, 70),
      page: page === '1' && isLast === 'true' ? null : cut(page, 10),
      createdOn: created.slice(0, 10),
    };
  }

  private gather(): void {
    if (!this.head) return;
    for (const record of this.body?.takeLines(this.head) ?? []) this.add(record);
  }

  private add(record: MoneyLine): void {
    this.count += 1;
    this.cents += eurosIn(record).cents;
    this.run.push({ line: this.count, content: contentOf(record), record });
  }
}

/** Null, and a fault, for bytes that are no UTF-8; without bytes, the end. */
function decoded(decoder: TextDecoder, part: Uint8Array | null, faults: FileFaults): string | null {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch (error) {
    if (!isWrongEncoding(error)) throw error;
    faults.add({ line: null, field: '', code: 'encoding', accepted: 'un document en UTF-8' });
    return null;
  }
}
