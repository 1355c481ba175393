import { isDayText } from '@isu/contracts';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { FileFaults } from '../batches/file-fault.js';
import {
  acceptedInWords,
  acceptedMessages,
  entryTexts,
  newDetails,
  transactionAmounts,
  transactionTexts,
  type BankFileHead,
  type Details,
  type Entry,
} from './camt054.js';

const deepest = 40;
const longestText = 500;
/** Characters without a tag between them: no message of ours has so many, and they would be held in memory. */
const longestStretch = 1_048_576;
const root = 'Document/BkToCstmrDbtCdtNtfctn';
const entryPath = `${root}/Ntfctn/Ntry`;
const transactionPath = `${entryPath}/NtryDtls/TxDtls`;

/** Reads a camt.054 as it comes, entry by entry. DTDs and entities are refused before anything of them is looked at. */
export class Camt054Reader {
  readonly entries: Entry[] = [];
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly path: string[] = [];
  private readonly header = new Map<string, string>();
  /** Known before the first entry. */
  head: BankFileHead | null = null;
  private text = '';
  private currency = '';
  private entry: Entry | null = null;
  private transaction: Details | null = null;
  private stretch = 0;
  private isStopped = false;

  constructor(private readonly faults: FileFaults) {
    this.parser.on('doctype', () => this.stop('doctype', 'un document sans DOCTYPE ni entités'));
    this.parser.on('xmldecl', ({ encoding }) => {
      if (encoding && encoding.toLowerCase() !== 'utf-8') this.stop('encoding', 'un document en UTF-8');
    });
    this.parser.on('error', () => this.stop('xml-malformed', 'un document XML bien formé et entier'));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('text', (text) => this.append(text));
    this.parser.on('cdata', (text) => this.append(text));
    this.parser.on('closetag', ({ local }) => this.close(local));
  }

  /** False once the file is refused: the rest need not be read. */
  take(text: string): boolean {
    this.stretch += text.length;
    if (!this.isStopped) this.parser.write(text);
    if (this.stretch > longestStretch) this.stop('text-too-long', 'des éléments de taille ordinaire');
    return !this.isStopped;
  }

  /** Null when the file is refused. */
  end(): BankFileHead | null {
    if (!this.isStopped) this.parser.close();
    if (!this.isStopped && !this.head) this.stop('header-missing', 'un en-tête GrpHdr');
    return this.isStopped ? null : this.head;
  }

  /** The entries read since the last time. */
  takeEntries(): Entry[] {
    return this.entries.splice(0);
  }

  private open({ local, uri, attributes }: SaxesTagNS): void {
    this.stretch = 0;
    if (this.isStopped) return;
    this.path.push(local);
    this.text = '';
    if (this.path.length === 1) return this.openRoot(local, uri);
    if (this.path.length === 2 && local !== 'BkToCstmrDbtCdtNtfctn') return this.stop('message-not-accepted', acceptedInWords);
    if (this.path.length > deepest) return this.stop('xml-too-deep', `au plus ${String(deepest)} niveaux imbriqués`);
    this.currency = String((attributes['Ccy'] as { value?: string } | undefined)?.value ?? '');
    const path = this.path.join('/');
    if (path === entryPath) this.entry = { ...newDetails(), transactions: [] };
    if (path === transactionPath) this.transaction = newDetails();
  }

  private openRoot(local: string, uri: string): void {
    if (local !== 'Document' || !acceptedMessages.test(uri)) this.stop('message-not-accepted', acceptedInWords);
  }

  private append(text: string): void {
    if (this.text.length < longestText) this.text += text.slice(0, longestText);
  }

  private close(local: string): void {
    this.stretch = 0;
    if (this.isStopped) return;
    const path = this.path.join('/');
    const text = this.text.replace(/\s+/g, ' ').trim();
    this.text = '';
    this.path.pop();
    if (this.transaction) this.closeInTransaction(path, text);
    else if (this.entry) this.closeInEntry(path, text);
    else if (path === `${root}/GrpHdr`) this.closeHeader();
    else if (path.startsWith(`${root}/GrpHdr/`) && text !== '') this.header.set(path.slice(`${root}/GrpHdr/`.length), text);
    if (local === 'Ntry' && path === entryPath && this.entry) {
      if (!this.head) return this.stop('header-missing', 'un en-tête GrpHdr avant les écritures');
      this.entries.push(this.entry);
      this.entry = null;
    }
  }

  private closeHeader(): void {
    const [messageId = '', created = ''] = [this.header.get('MsgId'), this.header.get('CreDtTm')];
    if (messageId === '') return this.stop('message-id-missing', 'un identifiant de message (GrpHdr/MsgId)');
    if (!isDayText(created.slice(0, 10))) return this.stop('creation-date-missing', 'une date de création (GrpHdr/CreDtTm)');
    const [page, isLast] = [this.header.get('MsgPgntn/PgNb') ?? '1', this.header.get('MsgPgntn/LastPgInd') ?? 'true'];
    this.head = {
      messageId: messageId.slice(0, 70),
      page: page === '1' && isLast === 'true' ? null : page.slice(0, 10),
      createdOn: created.slice(0, 10),
    };
  }

  private closeInTransaction(path: string, text: string): void {
    const { transaction } = this;
    if (!transaction) return;
    if (path === transactionPath) {
      this.entry?.transactions.push(transaction);
      this.transaction = null;
      return;
    }
    const inside = path.slice(transactionPath.length + 1);
    if (transactionTexts.has(inside)) keep(transaction, inside, text);
    if (transactionAmounts.has(inside)) transaction.amounts.set(inside, { text, currency: this.currency });
  }

  private closeInEntry(path: string, text: string): void {
    const { entry } = this;
    const inside = path.slice(entryPath.length + 1);
    if (!entry) return;
    if (entryTexts.has(inside)) keep(entry, inside, text);
    if (inside === 'Amt') entry.amounts.set('Amt', { text, currency: this.currency });
  }

  private stop(code: string, accepted: string): void {
    if (!this.isStopped) this.faults.add({ line: this.parser.line, field: '', code, accepted });
    this.isStopped = true;
  }
}

function keep({ texts }: Details, name: string, text: string): void {
  if (text === '') return;
  const known = texts.get(name);
  if (known) known.push(text);
  else texts.set(name, [text]);
}
