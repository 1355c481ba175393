import { sign, type KeyObject } from 'node:crypto';
import { signedPartOf, writeBatch, type MoneyRecord, type WrittenBatch } from '@isu/contracts';
import type { Receipt } from './imports/receipt.js';
import type { Answer, Asker, SystemClient } from './system-client.js';

export interface BatchToSend {
  readonly number: number;
  readonly businessDate: string;
  readonly previousDigest: string | null;
  readonly records: readonly MoneyRecord[];
}

export const urssaf: Asker = { role: 'partner-system', partner: 'urssaf' };

/** A flow of a partner. */
export interface PartnerFlow {
  readonly partner: string;
  readonly flow: string;
}

const payments: PartnerFlow = { partner: 'urssaf', flow: 'payments' };

/** The payments batch of the demonstration's Urssaf, as its bytes. */
export const paymentsBatch = (batch: BatchToSend): WrittenBatch =>
  writeBatch(
    {
      ...payments,
      number: batch.number,
      businessDate: batch.businessDate,
      previousDigest: batch.previousDigest,
      createdAt: `${batch.businessDate}T18:00:00.000Z`,
    },
    batch.records,
  );

/** Sends it with its detached signature, as docs/partner-exchange.md says. */
export const sendBatch = (
  client: SystemClient,
  batch: Pick<WrittenBatch, 'text'>,
  key: KeyObject,
  flow = payments,
): Promise<Answer<Receipt>> => deliverBatch(client, { content: batch.text, signature: signatureOf(batch, key) }, flow);

export const signatureOf = (batch: Pick<WrittenBatch, 'text'>, key: KeyObject): string =>
  sign(null, Buffer.from(signedPartOf(batch)), key).toString('base64');

/** Sends these bytes with this signature, whatever they are worth. */
export const deliverBatch = (
  client: SystemClient,
  { content, signature }: { readonly content: string | Uint8Array; readonly signature: string },
  { partner, flow } = payments,
): Promise<Answer<Receipt>> =>
  client.ask<Receipt>('POST', `/api/urssaf-sync/v1/flows/${partner}/${flow}/batches`, {
    as: { role: 'partner-system', partner },
    content,
    headers: { 'content-type': 'application/x-ndjson', 'isu-signature': signature },
  });
