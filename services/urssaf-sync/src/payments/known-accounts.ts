import type { Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { tellWaitingDeclarations } from '../incomes/declared-incomes.js';
import { UnmatchedFacts } from '../to-be-matched/unmatched-facts.js';
import { paymentReported, reversalReported } from './money-facts.js';
import { findToBeMatched, insertKnownAccounts, lockMoney, markReported } from './payment.table.js';
import { findWaitingForAccount, saveReversals } from './reversal.table.js';

/** Accounts become known; the money and the declarations that waited for them are told of. */
export class KnownAccounts {
  private readonly unmatched: UnmatchedFacts;

  constructor(
    private readonly facts: FactStore,
    clock: BusinessClock,
  ) {
    this.unmatched = new UnmatchedFacts({ facts, clock });
  }

  async register(tx: EntityManager, registered: readonly Fact<'affiliation.registered.v1'>[]): Promise<void> {
    const causes = new Map(registered.map(({ subject, id }) => [subject, id]));
    const accounts = [...causes.keys()];
    await lockMoney(tx);
    await insertKnownAccounts(tx, accounts);
    await tellWaitingDeclarations(tx, this.facts, causes);
    const payments = await findToBeMatched(tx, accounts);
    if (payments.length === 0) return;

    const told = await this.facts.publish(
      tx,
      payments.map((payment) => paymentReported(payment, causes.get(payment.account))),
    );
    const facts = new Map(payments.map(({ id }, index) => [id, told[index]?.id ?? '']));
    await markReported(tx, facts);
    const settled = payments.map(({ id, account }) => ({ money: id, outcome: 'registered' as const, account }));
    await this.unmatched.settled(tx, settled, payments[0]?.correlation ?? '');
    await this.tellReversals(tx, facts, causes);
  }

  private async tellReversals(tx: EntityManager, facts: ReadonlyMap<string, string>, causes: ReadonlyMap<string, string>): Promise<void> {
    const waiting = await findWaitingForAccount(tx, [...facts.keys()]);
    const told = await this.facts.publish(
      tx,
      waiting.map(({ reversal, account }) =>
        reversalReported({ reversal, account, reportedFact: facts.get(reversal.payment ?? '') ?? '' }, causes.get(account)),
      ),
    );
    await saveReversals(
      tx,
      waiting.map(({ reversal }, index) => ({ reversal, state: 'reported', payment: reversal.payment, fact: told[index]?.id ?? null })),
    );
  }
}
