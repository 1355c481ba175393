import type { MoneyLine } from '../payments/money-line.js';
import { linesOf } from './bank-lines.js';
import type { BankFileHead, MessageBody } from './bank-message.js';
import { entryTexts, newDetails, transactionAmounts, transactionTexts, type Details, type Entry } from './camt.js';

/** Reads the entries of a notice (`Ntfctn/Ntry`) or a statement (`Stmt/Ntry`); several of either may stand in one message. */
export class CamtReader implements MessageBody {
  readonly unit: string;
  private readonly transactionPath: string;
  private readonly entries: Entry[] = [];
  private entry: Entry | null = null;
  private transaction: Details | null = null;
  private currency = '';
  private count = 0;

  constructor(section: 'Ntfctn' | 'Stmt') {
    this.unit = `${section}/Ntry`;
    this.transactionPath = `${this.unit}/NtryDtls/TxDtls`;
  }

  opened(path: string, currency: string): void {
    this.currency = currency;
    if (path === this.unit) this.entry = { ...newDetails(), transactions: [] };
    if (path === this.transactionPath) this.transaction = newDetails();
  }

  closed(path: string, text: string): void {
    if (this.transaction) this.closeInTransaction(this.transaction, path, text);
    else if (this.entry) this.closeInEntry(this.entry, path, text);
  }

  takeLines({ messageId, createdOn }: BankFileHead): MoneyLine[] {
    return this.entries.splice(0).flatMap((entry) => linesOf(entry, { messageId, entry: (this.count += 1), createdOn }));
  }

  private closeInTransaction(transaction: Details, path: string, text: string): void {
    if (path === this.transactionPath) {
      this.entry?.transactions.push(transaction);
      this.transaction = null;
      return;
    }
    const inside = path.slice(this.transactionPath.length + 1);
    if (transactionTexts.has(inside)) keep(transaction, inside, text);
    if (transactionAmounts.has(inside)) transaction.amounts.set(inside, { text, currency: this.currency });
  }

  private closeInEntry(entry: Entry, path: string, text: string): void {
    if (path === this.unit) {
      this.entries.push(entry);
      this.entry = null;
      return;
    }
    const inside = path.slice(this.unit.length + 1);
    if (entryTexts.has(inside)) keep(entry, inside, text);
    if (inside === 'Amt') entry.amounts.set('Amt', { text, currency: this.currency });
  }
}

function keep({ texts }: Details, name: string, text: string): void {
  if (text === '') return;
  const known = texts.get(name);
  if (known) known.push(text);
  else texts.set(name, [text]);
}
