import { Money } from '@isu/values';
import type { activities, Means } from './collection.events.js';
import { sha256 } from './digest.js';
import type { OutgoingRecord } from './outgoing-records.js';

/** First line of a partner's batch (docs/partner-exchange.md). */
export interface BatchHeader {
  readonly type: 'header';
  readonly format: 'isu-batch/1';
  readonly partner: string;
  readonly flow: string;
  /** From 1, without holes. */
  readonly number: number;
  /** The business day that the batch tells of. */
  readonly businessDate: string;
  /** Digest of the batch before; null for number 1. */
  readonly previousDigest: string | null;
  readonly createdAt: string;
}

export interface PaymentRecord {
  readonly type: 'payment';
  /** The partner's own reference: with the partner, the identity of the payment. */
  readonly reference: string;
  readonly account: string;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means;
  readonly paymentReference?: string;
  readonly bankReference?: string;
  /** How the partner placed the money: compared with ours, never applied. */
  readonly allocation?: readonly { readonly year: number; readonly code: string; readonly amount: string }[];
}

export interface ReversalRecord {
  readonly type: 'reversal';
  readonly reference: string;
  /** The partner's reference of the payment undone. */
  readonly reverses: string;
  readonly amount: string;
  readonly valueOn: string;
  readonly reason: string;
}

/** A professional income that somebody declared (flow `incomes`). */
export interface IncomeRecord {
  readonly type: 'income';
  /** The declaration's own id: with the partner, its identity for ever. */
  readonly reference: string;
  readonly account: string;
  readonly year: number;
  /** Euros; negative for a loss. */
  readonly amount: string;
  /** The day on which the partner received it. */
  readonly receivedOn: string;
  readonly declarant: Declarant;
  /** The declaration that this one replaces. */
  readonly corrects?: string;
}

/** What the tax office knows of a year's professional income (flow `tax-incomes`): it taxes nobody by itself, and grounds what is done ex officio. */
export interface TaxIncomeRecord {
  readonly type: 'tax-income';
  readonly reference: string;
  readonly account: string;
  readonly year: number;
  /** Euros; negative for a loss. */
  readonly amount: string;
  readonly receivedOn: string;
  readonly corrects?: string;
}

/** What a micro-entrepreneur declared of a month or a quarter in one activity (flow `turnovers`); nil is declared too. */
export interface TurnoverRecord {
  readonly type: 'turnover';
  readonly reference: string;
  readonly account: string;
  /** `2016-05` or `2016-Q2`. */
  readonly period: string;
  readonly activity: Activity;
  readonly amount: string;
  readonly receivedOn: string;
  readonly declarant: Declarant;
  readonly corrects?: string;
}

/** Who signed a declaration: the person, or whom they charged with it (tiers declarant). */
export const declarants = ['insured', 'third-party'] as const;
export type Declarant = (typeof declarants)[number];

/**
 * What the partner's books say of one contribution of one year of an account on the evening of the batch's business date (flow `balances`).
 * A batch is a snapshot: every account on which the partner called or holds anything, once per year and code; what is not in it is zero.
 */
export interface BalanceRecord {
  readonly type: 'balance';
  readonly account: string;
  /** The contribution year, as in an assessment. */
  readonly year: number;
  /** The contribution's code, as in an assessment; `credit` for money that is placed on nothing (then `called` is 0). */
  readonly code: string;
  readonly called: string;
  readonly paid: string;
  /** Called minus paid; negative when too much was paid. */
  readonly remaining: string;
}

type Activity = (typeof activities)[number];

export type MoneyRecord = PaymentRecord | ReversalRecord;
export type BatchRecord = MoneyRecord | IncomeRecord | TaxIncomeRecord | TurnoverRecord | BalanceRecord;

/** Last line: the digest is that of all bytes before it. */
export interface BatchTrailer {
  readonly type: 'trailer';
  readonly count: number;
  /** In euros: payments minus reversals; incomes and turnovers; what remains of balances; of what we tell, see `toldAmountOf`. */
  readonly controlTotal: string;
  readonly digest: string;
}

export interface WrittenBatch {
  /** UTF-8 NDJSON, one LF after each line. */
  readonly text: string;
  readonly digest: string;
}

/** What the sender signs: the last line with its LF. Its digest vouches for all that stands before it. */
export const signedPartOf = ({ text }: Pick<WrittenBatch, 'text'>): string => text.slice(text.lastIndexOf('\n', text.length - 2) + 1);

/** Writes a batch as a partner does. The signature beside it is the sender's affair. */
export function writeBatch(header: Omit<BatchHeader, 'type' | 'format'>, records: readonly BatchRecord[]): WrittenBatch {
  const first: BatchHeader = { type: 'header', format: 'isu-batch/1', ...header };
  const body = [first, ...records].map(lineOf).join('');
  const total = Money.sum(records.map(controlAmountOf));
  const digest = sha256(body);
  const trailer: BatchTrailer = { type: 'trailer', count: records.length, controlTotal: total.toString(), digest };
  return { text: `${body}${lineOf(trailer)}`, digest };
}

/** A line as it is written, its LF included. */
export const lineOf = (line: BatchHeader | BatchRecord | OutgoingRecord | BatchTrailer): string => `${JSON.stringify(line)}\n`;

/** What a record adds to the control total. */
export function controlAmountOf(record: BatchRecord): Money {
  if (record.type === 'balance') return Money.of(record.remaining);
  const amount = Money.of(record.amount);
  return record.type === 'reversal' ? amount.negated() : amount;
}
