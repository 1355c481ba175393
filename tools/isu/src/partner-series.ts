import { sign, type KeyObject } from 'node:crypto';
import { signedPartOf, writeBatch, type BatchRecord } from '@isu/contracts';
import type { Receipt } from './imports/receipt.js';
import type { Asker, SystemClient } from './system-client.js';

/** A partner's numbered flow, taken up where the other side says that it stands: whoever holds the key may play the partner. */
export class PartnerSeries {
  private readonly address: string;
  private readonly as: Asker;

  constructor(
    private readonly client: SystemClient,
    private readonly flow: { readonly partner: string; readonly flow: string },
    private readonly key: KeyObject,
  ) {
    this.address = `/api/urssaf-sync/v1/flows/${flow.partner}/${flow.flow}`;
    this.as = { role: 'partner-system', partner: flow.partner };
  }

  /** Sends the next batch, chained to the last one and signed. */
  async send(businessDate: string, records: readonly BatchRecord[]): Promise<Receipt> {
    const { lastNumber } = (await this.client.get<{ lastNumber: number | null }>(this.address, this.as)).body;
    const number = (lastNumber ?? 0) + 1;
    const previousDigest = number === 1 ? null : await this.digestOf(number - 1);
    const createdAt = `${businessDate}T20:00:00.000Z`;
    const { text } = writeBatch({ ...this.flow, number, businessDate, createdAt, previousDigest }, records);
    const { body } = await this.client.ask<Receipt>('POST', `${this.address}/batches`, {
      as: this.as,
      content: text,
      headers: {
        'content-type': 'application/x-ndjson',
        'isu-signature': sign(null, Buffer.from(signedPartOf({ text })), this.key).toString('base64'),
      },
    });
    return body;
  }

  private async digestOf(number: number): Promise<string> {
    return (await this.client.get<{ digest: string }>(`${this.address}/batches/${String(number)}/receipt`, this.as)).body.digest;
  }
}
