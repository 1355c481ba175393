import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentReferenceOf, type MoneyRecord, type WrittenBatch } from '@isu/contracts';
import { paymentsBatch, sendBatch, type SystemClient } from '@isu/isu';

const businessDate = '2016-05-19';

/** The instalments of a first year that starts in January and is heard of in May. */
const instalments = ['2016-06', '2016-07', '2016-08', '2016-09', '2016-10', '2016-11', '2016-12'];

/** Urssaf for a measure: numbered, chained batches of payments of 10 €, to account after account, each for an instalment. */
export class MeasuringUrssaf {
  private number = 0;
  private previousDigest: string | null = null;
  private payments = 0;
  private readonly key: KeyObject;

  constructor(
    private readonly client: SystemClient,
    folder: string,
    private readonly accounts: readonly string[],
  ) {
    this.key = createPrivateKey(readFileSync(join(folder, 'partner-urssaf.pem')));
  }

  next(count: number): { readonly batch: WrittenBatch; readonly references: readonly string[] } {
    const records = Array.from({ length: count }, (): MoneyRecord => this.payment());
    this.number += 1;
    const batch = paymentsBatch({ number: this.number, businessDate, previousDigest: this.previousDigest, records });
    this.previousDigest = batch.digest;
    return { batch, references: records.map(({ reference }) => reference) };
  }

  async send(batch: WrittenBatch): Promise<void> {
    await sendBatch(this.client, batch, this.key);
  }

  private payment(): MoneyRecord {
    const account = this.accounts[this.payments % this.accounts.length] ?? '';
    const instalment = instalments[Math.floor(this.payments / this.accounts.length) % instalments.length] ?? '';
    this.payments += 1;
    return {
      type: 'payment',
      reference: `mesure-${String(this.payments)}`,
      account,
      amount: '10',
      valueOn: businessDate,
      means: 'transfer',
      paymentReference: paymentReferenceOf({ account, instalment }),
    };
  }
}
