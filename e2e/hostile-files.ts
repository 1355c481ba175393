import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MoneyRecord, WrittenBatch } from '@isu/contracts';
import { deliverBatch, paymentsBatch, SaidNo, signatureOf, urssaf, type SystemClient } from '@isu/isu';

const flow = '/api/urssaf-sync/v1/flows/urssaf/payments';
const businessDate = '2016-12-12';

/** How a file was met: its outcomes by run of lines, or why it was refused. */
export interface Met {
  readonly status: number;
  /** `posted`, `conflict reference-with-other-content`…, one a run of lines; of a refused file the codes of its faults. */
  readonly words: readonly string[];
  readonly text: string;
}

/** Somebody who sends payments in Urssaf's name: behind what came before, right or wrong. */
export class BatchSender {
  private constructor(
    private readonly client: SystemClient,
    private readonly key: KeyObject,
    private number: number,
    private digest: string,
  ) {}

  static async of(client: SystemClient, folder: string): Promise<BatchSender> {
    const { lastNumber } = (await client.get<{ lastNumber: number }>(flow, urssaf)).body;
    const { digest } = (await client.get<{ digest: string }>(`${flow}/batches/${String(lastNumber)}/receipt`, urssaf)).body;
    return new BatchSender(client, createPrivateKey(readFileSync(join(folder, 'partner-urssaf.pem'))), lastNumber, digest);
  }

  next(records: readonly MoneyRecord[]): WrittenBatch {
    return paymentsBatch({ number: this.number + 1, businessDate, previousDigest: this.digest, records });
  }

  async send(batch: WrittenBatch): Promise<Met> {
    const met = await this.deliver({ content: batch.text });
    if (met.status === 201 && batch.digest !== this.digest) [this.number, this.digest] = [this.number + 1, batch.digest];
    return met;
  }

  /** Signed over its last line by the key agreed on, unless something else is said. */
  async deliver({ content, signature }: { content: string | Uint8Array; signature?: string }): Promise<Met> {
    const signed = signature ?? signatureOf({ text: Buffer.from(content).toString() }, this.key);
    try {
      const { status, body, text } = await deliverBatch(this.client, { content, signature: signed });
      return { status, text, words: body.lines.map(({ outcome, reason }) => [outcome, reason].filter((word) => word).join(' ')) };
    } catch (fault) {
      if (!(fault instanceof SaidNo)) throw fault;
      const faults = (fault.problem.errors ?? []) as { code: string }[];
      return { status: fault.status, text: JSON.stringify(fault.problem), words: faults.map(({ code }) => code) };
    }
  }

  async receipt(): Promise<string> {
    return (await this.client.get(`${flow}/batches/${String(this.number)}/receipt`, urssaf)).text;
  }
}

type Said = Readonly<Record<string, string>>;
const payment = (reference: string, account: string, more: Said = {}): MoneyRecord =>
  ({ type: 'payment', reference, account, amount: '12.34', valueOn: '2016-12-09', means: 'transfer', ...more }) as MoneyRecord;
const reversal = (reference: string, reverses: string, amount: string): MoneyRecord => ({
  ...{ type: 'reversal', reference, reverses, amount, valueOn: '2016-12-09', reason: 'AM04' },
});

/** Files that are right in their form, in this order, and what becomes of their lines. */
export const rightFiles: readonly [name: string, records: (nadia: string, ended: string) => MoneyRecord[], words: readonly string[]][] = [
  ['nothing at all', () => [], []],
  ['two real payments of one amount and day', (nadia) => [payment('H-1', nadia), payment('H-2', nadia)], ['posted']],
  ['a payment of before, in the same words', (nadia) => [payment('H-1', nadia)], ['duplicate same-reference']],
  [
    'a payment of before, of another amount',
    (nadia) => [payment('H-1', nadia, { amount: '99' })],
    ['conflict reference-with-other-content'],
  ],
  [
    'a reversal before its payment',
    (nadia) => [reversal('R-3', 'H-3', '20'), payment('H-3', nadia, { amount: '20' })],
    ['to-be-matched payment-awaited', 'posted'],
  ],
  ['a second reversal of one payment', () => [reversal('R-4', 'H-3', '20')], ['refused already-reversed']],
  ['a reversal of a cent less', () => [reversal('R-5', 'H-1', '12.33')], ['refused amount-differs']],
  ['money for an account that nobody knows', () => [payment('H-6', '1300000900067')], ['to-be-matched account-unknown']],
  ['money for an account whose activity has ended', (_, ended) => [payment('H-7', ended, { amount: '8' })], ['posted']],
  ['money of a day whose accounts are closed', (nadia) => [payment('H-8', nadia, { amount: '15', valueOn: '2016-11-30' })], ['posted']],
  ['a path for a reference', (nadia) => [payment('../../../etc/passwd', nadia, { amount: '1' })], ['posted']],
];

type Spoilt = { content: string | Uint8Array; signature?: string };
const stranger = generateKeyPairSync('ed25519').privateKey;

/** One bit of the last figure of this word: another figure. */
function turned(text: string, word: string): Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(text));
  const at = text.indexOf(word) + word.length - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

/** Files that somebody spoilt: each wrong in one thing. `SECRET` must not be said back. */
export const spoiltFiles: readonly [name: string, spoil: (text: string) => Spoilt, code: string][] = [
  ['empty', () => ({ content: ' ' }), 'json-syntax'],
  ['cut in its first line', (text) => ({ content: text.slice(0, 40) }), 'line-cut'],
  ['cut between two lines', (text) => ({ content: text.slice(0, text.indexOf('\n') + 1) }), 'trailer-missing'],
  ['cut of its last byte', (text) => ({ content: text.slice(0, -1) }), 'line-cut'],
  ['with a bit turned in a reference', (text) => ({ content: turned(text, 'SECRET-2') }), 'digest-differs'],
  ['with a line less', (text) => ({ content: text.split('\n').toSpliced(1, 1).join('\n') }), 'count-differs'],
  ['whose last line says a line more', (text) => ({ content: text.replace('"count":2', '"count":3') }), 'count-differs'],
  ['whose last line says a cent more', (text) => ({ content: text.replace('"24.68"', '"24.69"') }), 'control-total-differs'],
  ['signed by a stranger', (text) => ({ content: text, signature: signatureOf({ text }, stranger) }), 'signature-wrong'],
  ['with a byte order mark', (text) => ({ content: `\ufeff${text}` }), 'json-syntax'],
  ['in UTF-16', (text) => ({ content: Buffer.from(text, 'utf16le') }), 'json-syntax'],
  ['in Latin-1', (text) => ({ content: Buffer.from(text.replace('SECRET-1', 'é'), 'latin1') }), 'encoding'],
  ['with a NUL in a text', (text) => ({ content: text.replace('SECRET-1', '\\u0000') }), 'json-forbidden-text'],
  ['with the NIR of somebody', (text) => ({ content: text.replace('"means"', '"nir":"185057800608436","means"') }), 'field-unknown'],
  ['in another currency', (text) => ({ content: text.replace('"means"', '"currency":"CHF","means"') }), 'field-unknown'],
  ['of zero euros', (text) => ({ content: text.replace('"12.34"', '"0"') }), 'money-malformed'],
];

export const secretPayments = (account: string): MoneyRecord[] => [payment('SECRET-1', account), payment('SECRET-2', account)];
export const onePayment = payment;
