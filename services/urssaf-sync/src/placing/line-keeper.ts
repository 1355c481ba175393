import type { Fact, FactDraft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { SourceOfLines } from '../batches/batch.table.js';
import { RejectedLines } from '../conflicts/rejected-lines.js';
import { paymentReported, reportable, reversalReported } from '../payments/money-facts.js';
import { insertPayments, markAdopted } from '../payments/payment.table.js';
import { saveReversals, type KeptReversal } from '../payments/reversal.table.js';
import { orderRejected } from '../rejected-orders/order-rejected.js';
import { insertRejectedOrders, type RejectedOrder } from '../rejected-orders/rejected-order.table.js';
import { UnmatchedFacts } from '../to-be-matched/unmatched-facts.js';
import type { Placed, SettledReversal } from './place-lines.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  newId(): string;
}

/** Carries out what placing decided: facts first, for rows name them; a fixed number of statements for any number of lines. */
export class LineKeeper {
  private readonly rejected: RejectedLines;
  private readonly unmatched: UnmatchedFacts;

  constructor(private readonly parts: Parts) {
    this.rejected = new RejectedLines(parts);
    this.unmatched = new UnmatchedFacts(parts);
  }

  async keep(tx: EntityManager, batch: SourceOfLines, placed: Placed, accounts: ReadonlySet<string>): Promise<void> {
    const facts = await this.tellPayments(tx, batch, placed, accounts);
    await insertPayments(tx, { ...namesOf(batch), payments: placed.payments, facts });
    await markAdopted(tx, placed.adopted);
    await this.keepReversals(tx, batch, placed, facts);
    await this.rejected.keep(tx, batch, { rejected: placed.rejected, kind: 'payment' });
    await this.keepRejectedOrders(tx, batch, placed.rejectedOrders);
    await this.tellUnmatched(tx, batch, placed, facts);
  }

  /** Money that has no owner yet; and of what had none before, what was told again with one, or given back by the payer's bank. */
  private async tellUnmatched(
    tx: EntityManager,
    { correlation }: SourceOfLines,
    { payments, adopted, settled }: Placed,
    facts: ReadonlyMap<string, string>,
  ): Promise<void> {
    const ownerless = payments.filter(({ id, twinOf }) => twinOf === null && !facts.has(id));
    await this.unmatched.say(tx, ownerless.map((payment) => ({ ...payment, amount: payment.amount.toString() })), correlation); // prettier-ignore
    const returned = settled.filter(({ state, payment }) => state === 'waiting' && payment.fact === null);
    await this.unmatched.settled(
      tx,
      [
        ...[...adopted.keys()].map((money) => ({ money, outcome: 'told-again' as const })),
        ...returned.map(({ payment: { id } }) => ({ money: id, outcome: 'returned' as const })),
      ],
      correlation,
    );
  }

  /** The facts, by id of the payment. */
  private async tellPayments(
    tx: EntityManager,
    batch: SourceOfLines,
    { payments }: Placed,
    accounts: ReadonlySet<string>,
  ): Promise<Map<string, string>> {
    const told = payments.filter(({ twinOf, account }) => twinOf === null && accounts.has(account));
    const { batch: name, correlation } = namesOf(batch);
    const where = { flow: `${batch.partner}/${batch.flow}`, batch: name, correlation };
    const facts = await this.parts.facts.publish(
      tx,
      told.map((payment) => paymentReported(reportable(payment, where))),
    );
    return new Map(told.map(({ id }, index) => [id, idOf(facts[index])]));
  }

  private async keepReversals(
    tx: EntityManager,
    batch: SourceOfLines,
    { reversals, settled }: Placed,
    facts: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (reversals.length === 0 && settled.length === 0) return;
    const told = settled.filter(({ state }) => state === 'reported');
    const amiss = settled.filter(({ state, payment }) => state === 'refused' && factOf(payment, facts));
    const drafts = told.map(({ reversal, payment }) =>
      reversalReported({ reversal, account: payment.account, reportedFact: factOf(payment, facts) ?? '' }),
    );
    const written = await this.parts.facts.publish(tx, [...drafts, ...amiss.map((one) => this.reversalAmiss(one, batch))]);
    const kept = new Map<string, KeptReversal>(
      reversals.map((reversal) => [reversal.id, { reversal, state: 'waiting', payment: null, fact: null }]),
    );
    for (const { reversal, payment, state } of settled) kept.set(reversal.id, { reversal, state, payment: payment.id, fact: null });
    told.forEach(({ reversal, payment }, index) =>
      kept.set(reversal.id, { reversal, state: 'reported', payment: payment.id, fact: idOf(written[index]) }),
    );
    await saveReversals(tx, [...kept.values()]);
  }

  /** A reversal that waited, for another amount than the payment that came. */
  private reversalAmiss({ reversal, payment }: SettledReversal, batch: SourceOfLines): FactDraft {
    return this.rejected.anomaly({
      anomalyId: this.parts.newId(),
      account: payment.account,
      type: 'wrong-amount',
      cause: `Annulation ${reversal.reference} de ${batch.partner} : autre montant que le paiement ${reversal.reverses}`,
      correlation: batch.correlation,
    });
  }

  private async keepRejectedOrders(tx: EntityManager, batch: SourceOfLines, orders: readonly RejectedOrder[]): Promise<void> {
    const facts = await this.parts.facts.publish(
      tx,
      orders.map((order) => orderRejected(order, batch)),
    );
    await insertRejectedOrders(
      tx,
      namesOf(batch),
      orders.map((order, index) => ({ ...order, fact: idOf(facts[index]) })),
    );
  }
}

const namesOf = ({ partner, flow, name, correlation }: SourceOfLines) => ({ partner, flow, batch: name, correlation });
const factOf = (payment: { id: string; fact: string | null }, facts: ReadonlyMap<string, string>): string | undefined =>
  payment.fact ?? facts.get(payment.id);

function idOf(fact: Fact | undefined): string {
  if (!fact) throw new Error('As many facts are written as were drafted.');
  return fact.id;
}
