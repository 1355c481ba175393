import { canonicalJson, sha256, type FactDraft, type Means } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { paymentReported, reversalReported } from '../payments/money-facts.js';
import { insertPayments } from '../payments/payment.table.js';
import type { NewPayment, Reversal } from '../payments/known-money.js';
import { saveReversals } from '../payments/reversal.table.js';
import { refuse } from '../refusals.js';
import { Attribution } from '../to-be-matched/attribution.js';
import type { Correction } from './correction.js';
import { findCorrectable, type CorrectablePayment } from './correctable.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
}

interface Settling {
  readonly anomaly: string;
  readonly account: string;
  readonly correlation: string;
  /** What the rule that found the anomaly proposes: money of another account moves by it alone. */
  readonly ruled: Correction | null;
}

/** The partner and flow of what the cell of both organisations decides: no partner's batch, and never mistaken for one. */
const cell = { partner: 'isu', flow: 'reconciliation' } as const;

/**
 * Publishes the facts that settle an anomaly, and keeps the money that they are about among the payments and reversals that partners told
 * of: so that it cannot be corrected twice, and that a line which comes late meets it.
 */
export class Corrections {
  private readonly attribution: Attribution;

  constructor(private readonly parts: Parts) {
    this.attribution = new Attribution(parts);
  }

  /** The ids of the facts said. Refuses what the money of today no longer allows. Under the lock of money. */
  async apply(tx: EntityManager, correction: Correction, settling: Settling): Promise<string[]> {
    if (correction.kind === 'none') return [];
    if (correction.kind === 'report-payment') return [await this.tell(tx, settling, correction)];

    const payment = await findCorrectable(tx, correction.payment);
    if (!payment) throw refuse('correction-without-payment');
    if (correction.kind === 'attribute-payment') return [await this.attribution.attribute(tx, payment, settling)];
    const isOurs = correction.kind === 'move-payment' ? isRuled(correction, settling.ruled) : payment.account === settling.account;
    if (!isOurs) throw refuse('correction-without-payment');
    const takenBack = await this.takeBack(tx, settling, payment);
    if (correction.kind === 'reverse-payment') return [takenBack];
    const { valueOn, means } = payment;
    const amount = correction.kind === 'correct-amount' ? correction.amount : payment.amount;
    return [takenBack, await this.tell(tx, settling, { amount, valueOn, means })];
  }

  private async tell(
    tx: EntityManager,
    { anomaly, account, correlation }: Settling,
    said: { amount: string; valueOn: string; means: Means; reference?: string },
  ): Promise<string> {
    const reference = said.reference ?? `CELLULE-${anomaly}`;
    const payment = newPayment({ ...said, reference, account });
    const where = { flow: `${cell.partner}/${cell.flow}`, batch: anomaly, correlation };
    const fact = await this.publish(
      tx,
      paymentReported({
        ...{ id: payment.id, ...where, line: 1, account, partnerReference: reference, bankReference: null, amount: said.amount },
        ...{ valueOn: said.valueOn, means: said.means, paymentReference: null, order: null },
      }),
    );
    const facts = new Map([[payment.id, fact]]);
    await insertPayments(tx, { payments: [payment], facts, flow: cell.flow, batch: anomaly, correlation });
    return fact;
  }

  private async takeBack(tx: EntityManager, { anomaly, correlation }: Settling, payment: CorrectablePayment): Promise<string> {
    if (payment.fact === null || payment.isReversed) throw refuse('correction-without-payment');
    const reversal: Reversal = {
      ...{ id: v7(), ...cell, batch: anomaly, line: 1, reference: `CELLULE-${anomaly}-R`, reverses: payment.reference },
      ...{ content: sha256(canonicalJson([anomaly, payment.id])), byBankReference: false, amount: Money.of(payment.amount) },
      ...{ valueOn: this.parts.clock.today().iso, reason: 'cell-correction', correlation, payment: payment.id },
    };
    const fact = await this.publish(tx, reversalReported({ reversal, account: payment.account, reportedFact: payment.fact }));
    await saveReversals(tx, [{ reversal, state: 'reported', payment: payment.id, fact }]);
    return fact;
  }

  private async publish(tx: EntityManager, said: FactDraft): Promise<string> {
    const [fact] = await this.parts.facts.publish(tx, [said]);
    if (!fact) throw new Error('As many facts are written as were drafted.');
    return fact.id;
  }
}

const isRuled = ({ payment }: { payment: string }, ruled: Correction | null): boolean =>
  ruled?.kind === 'move-payment' && ruled.payment === payment;

function newPayment(said: { amount: string; valueOn: string; means: Means; reference: string; account: string }): NewPayment {
  const { amount, valueOn, means, reference, account } = said;
  return {
    ...{ id: v7(), partner: cell.partner, reference, tellings: [{ partner: cell.partner, reference }], line: 1 },
    ...{ content: sha256(canonicalJson(said)), account, amount: Money.of(amount), valueOn, means },
    ...{
      paymentReference: null,
      bankReference: null,
      endToEnd: null,
      booking: null,
      allocation: null,
      order: null,
      fact: null,
      twinOf: null,
      reversedBy: null,
    },
  };
}
