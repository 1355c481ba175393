import type { MoneyLine } from '../payments/money-line.js';
import { StatusReportReader } from '../rejected-orders/status-report-reader.js';
import { CamtReader } from './camt-reader.js';

/** The header of the message. */
export interface BankFileHead {
  readonly messageId: string;
  /** Of a message in several pages: which one. */
  readonly page: string | null;
  readonly createdOn: string;
}

/** What follows the header. Paths start below the message's own element. */
export interface MessageBody {
  /** The path of what the message is made of: none may end before the header has been read. */
  readonly unit: string;
  opened(path: string, currency: string): void;
  closed(path: string, text: string): void;
  /** The lines read since the last time. */
  takeLines(head: BankFileHead): MoneyLine[];
}

/**
 * Who tells, and through which door. All banks are one source, for the references of account servicers do not collide; but
 * notices and statements are two doors: they tell of the same money, each in its own words.
 */
export interface BankSource {
  readonly partner: string;
  readonly flow: string;
}

export interface BankMessage {
  readonly source: BankSource;
  /** The element below `Document`. */
  readonly root: string;
  body(): MessageBody;
}

export const noticeSource: BankSource = { partner: 'bank', flow: 'camt.054' };

const messages: readonly (BankMessage & { readonly namespace: RegExp })[] = [
  {
    namespace: /^urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.(?:02|04|08)$/,
    source: noticeSource,
    root: 'BkToCstmrDbtCdtNtfctn',
    body: () => new CamtReader('Ntfctn'),
  },
  {
    namespace: /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:02|04|08)$/,
    source: { partner: 'bank-statement', flow: 'camt.053' },
    root: 'BkToCstmrStmt',
    body: () => new CamtReader('Stmt'),
  },
  {
    namespace: /^urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.03$/,
    source: { partner: 'bank', flow: 'pain.002' },
    root: 'CstmrPmtStsRpt',
    body: () => new StatusReportReader(),
  },
];

export const acceptedInWords = 'un avis camt.054.001 ou un relevé camt.053.001 de version 02, 04 ou 08, ou un compte rendu pain.002.001.03';

/** The message that a document says it is, by its namespace alone. */
export const messageOf = (namespace: string): BankMessage | null => messages.find((message) => message.namespace.test(namespace)) ?? null;
