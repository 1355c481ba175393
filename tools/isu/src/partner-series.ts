import type { KeyObject } from 'node:crypto';
import { writeBatch, type BatchRecord } from '@isu/contracts';
import type { Receipt } from './imports/receipt.js';
import { sendBatch, type PartnerFlow } from './partner-batch.js';
import type { Asker, SystemClient } from './system-client.js';

/** A partner's numbered flow, taken up where the other side says that it stands: whoever holds the key may play the partner. */
export class PartnerSeries {
  private readonly address: string;
  private readonly as: Asker;

  constructor(
    private readonly client: SystemClient,
    private readonly flow: PartnerFlow,
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
    const batch = writeBatch({ ...this.flow, number, businessDate, createdAt, previousDigest }, records);
    return (await sendBatch(this.client, batch, this.key, this.flow)).body;
  }

  private async digestOf(number: number): Promise<string> {
    return (await this.client.get<{ digest: string }>(`${this.address}/batches/${String(number)}/receipt`, this.as)).body.digest;
  }
}
