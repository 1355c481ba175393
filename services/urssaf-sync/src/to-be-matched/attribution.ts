import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { ownPayment, type CorrectablePayment } from '../anomalies/correctable.table.js';
import { paymentReported } from '../payments/money-facts.js';
import { refuse } from '../refusals.js';
import { UnmatchedFacts } from './unmatched-facts.js';

interface Owner {
  readonly account: string;
  readonly correlation: string;
}

/** Money that waited is an account's: told as it came, with the day on which it was received. */
export class Attribution {
  private readonly unmatched: UnmatchedFacts;

  constructor(private readonly parts: { readonly facts: FactStore; readonly clock: BusinessClock }) {
    this.unmatched = new UnmatchedFacts(parts);
  }

  /** The id of the report. The caller has locked the money; what was reported or taken back meanwhile is refused. */
  async attribute(tx: EntityManager, payment: CorrectablePayment, { account, correlation }: Owner): Promise<string> {
    if (payment.fact !== null || payment.isReversed) throw refuse('correction-without-payment');
    const { reference: partnerReference, isReversed: _, fact: __, ...told } = payment;
    const [fact] = await this.parts.facts.publish(tx, [paymentReported({ ...told, partnerReference, account, correlation })]);
    if (!fact) throw new Error('As many facts are written as were drafted.');
    await ownPayment(tx, { id: payment.id, account, fact: fact.id });
    await this.unmatched.settled(tx, [{ money: payment.id, outcome: 'attributed', account }], correlation, fact.id);
    return fact.id;
  }
}
