import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { paymentReferenceOf, type MoneyRecord } from '@isu/contracts';
import { paymentsBatch, SaidNo, sendBatch, SystemUnreachable, type SystemClient } from '@isu/isu';
import { Money } from '@isu/values';
import { between } from './seeded.js';

const businessDate = '2016-05-19';
/** The instalments of a first year that begins in January and is heard of in May. */
const instalments = ['2016-06', '2016-07', '2016-08', '2016-09', '2016-10', '2016-11', '2016-12'];
const giveUpAfterMs = 60_000;

/** A partner that numbers, chains and signs its batches, and sends each again until it has its receipt: what it has no answer for is unknown. */
export class PatientUrssaf {
  private readonly key: KeyObject;
  private number = 0;
  private previousDigest: string | null = null;
  /** What was acknowledged, by the partner's reference. */
  readonly acknowledged = new Map<string, { readonly account: string; readonly amount: Money }>();
  /** Sendings that had no answer, or a passing refusal, and what was said. */
  readonly repeats: string[] = [];

  constructor(
    private readonly client: SystemClient,
    folder: string,
    private readonly accounts: readonly string[],
    private readonly random: () => number,
  ) {
    this.key = createPrivateKey(readFileSync(join(folder, 'partner-urssaf.pem')));
  }

  /** Amounts of 0,01 € to 60,00 €; some payments name their instalment, the others leave it to us. */
  async pay(count: number): Promise<void> {
    const first = this.acknowledged.size + 1;
    const records = Array.from({ length: count }, (_, index) => this.payment(first + index));
    this.number += 1;
    const batch = paymentsBatch({ number: this.number, businessDate, previousDigest: this.previousDigest, records });
    await this.untilAcknowledged(() => sendBatch(this.client, batch, this.key));
    this.previousDigest = batch.digest;
    for (const { reference, account = '', amount } of records) this.acknowledged.set(reference, { account, amount: Money.of(amount) });
  }

  private async untilAcknowledged(send: () => Promise<unknown>): Promise<void> {
    const limit = performance.now() + giveUpAfterMs;
    for (;;) {
      try {
        await send();
        return;
      } catch (fault) {
        const passes = fault instanceof SystemUnreachable || (fault instanceof SaidNo && fault.status >= 500);
        if (!passes || performance.now() > limit) throw fault;
        this.repeats.push(fault.message);
        await pause(200);
      }
    }
  }

  private payment(rank: number): Extract<MoneyRecord, { type: 'payment' }> {
    const account = this.accounts[between(this.random, 0, this.accounts.length - 1)] ?? '';
    const instalment = instalments[between(this.random, 0, instalments.length - 1)] ?? '';
    const named = this.random() < 0.7;
    return {
      type: 'payment',
      reference: `E2E-${String(rank)}`,
      account,
      amount: Money.cents(between(this.random, 1, 6_000)).toString(),
      valueOn: businessDate,
      means: 'transfer',
      ...(named && { paymentReference: paymentReferenceOf({ account, instalment }) }),
    };
  }
}
