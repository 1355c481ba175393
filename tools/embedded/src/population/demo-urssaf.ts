import type { KeyObject } from 'node:crypto';
import type { MoneyRecord } from '@isu/contracts';
import { paymentsBatch, sendBatch, type SystemClient } from '@isu/isu';

/** Where the numbered series of the demonstration's Urssaf stands. */
export interface SeriesState {
  readonly number: number;
  readonly digest: string | null;
}

/** Sends numbered, chained and signed batches of payments, as the partner does each business day. */
export class DemoUrssaf {
  private state: SeriesState;

  constructor(
    private readonly client: SystemClient,
    private readonly key: KeyObject,
    state: SeriesState = { number: 0, digest: null },
  ) {
    this.state = state;
  }

  get series(): SeriesState {
    return this.state;
  }

  async send(businessDate: string, records: readonly MoneyRecord[]): Promise<void> {
    const number = this.state.number + 1;
    const batch = paymentsBatch({ number, businessDate, previousDigest: this.state.digest, records });
    await sendBatch(this.client, batch, this.key);
    this.state = { number, digest: batch.digest };
  }
}
