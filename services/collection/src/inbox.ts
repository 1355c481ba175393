import { isFact, type Fact, type FactType } from '@isu/contracts';
import type { LocksFirst, Subscriptions } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import { lockWithThoseThatGoOn } from './accounts/account.table.js';
import type { AccountsService } from './accounts/accounts.service.js';
import { hearOfDebtors } from './debits/debtors-heard.js';
import type { ReceivedIncomesService } from './incomes/received-incomes.service.js';
import type { MergesService } from './merges/merges.service.js';
import type { OnlinePaymentsService } from './online-payments/online-payments.service.js';
import type { PaymentsService } from './payments/payments.service.js';
import type { RejectedOrdersService } from './payments/rejected-orders.service.js';
import type { RefundReturnsService } from './refunds/refund-returns.service.js';
import type { ReversalsService } from './payments/reversals.service.js';
import type { ReturnsService } from './returns/returns.service.js';
import { dropSettled, keepUnmatched } from './unmatched-money/unmatched-money.table.js';
import type { ReceivedTurnoversService } from './turnovers/received-turnovers.service.js';

interface UseCases {
  readonly accounts: AccountsService;
  readonly received: ReceivedIncomesService;
  readonly receivedTurnovers: ReceivedTurnoversService;
  readonly payments: PaymentsService;
  readonly reversals: ReversalsService;
  readonly rejectedOrders: RejectedOrdersService;
  readonly merges: MergesService;
  readonly refundReturns: RefundReturnsService;
  readonly returns: ReturnsService;
  readonly onlinePayments: OnlinePaymentsService;
}

/** Every event this service hears, and the use case it calls. */
export const subscriptions = ({ accounts, received, receivedTurnovers, payments, reversals, ...others }: UseCases): Subscriptions => ({
  'affiliation.registered.v1': (tx, facts) => accounts.open(tx, facts),
  'affiliation.status-changed.v1': (tx, facts) => accounts.changeStatus(tx, facts),
  'affiliation.ended.v1': (tx, facts) => accounts.end(tx, facts),
  'affiliation.acre-decided.v1': (tx, facts) => accounts.decideAcre(tx, facts),
  'affiliation.spouse-linked.v1': (tx, facts) => accounts.linkSpouse(tx, facts),
  'affiliation.bank-details-changed.v1': hearOfDebtors,
  'affiliation.mandate-signed.v1': async (tx, facts) => {
    await accounts.changeMandate(tx, facts);
    await hearOfDebtors(tx, facts);
  },
  'affiliation.mandate-revoked.v1': (tx, facts) => accounts.changeMandate(tx, facts),
  'affiliation.account-merged.v1': (tx, facts) => others.merges.merge(tx, facts),
  'urssaf-sync.income-received.v1': (tx, facts) => received.receive(tx, facts),
  'urssaf-sync.turnover-received.v1': (tx, facts) => receivedTurnovers.receive(tx, facts),
  'urssaf-sync.order-rejected.v1': async (tx, facts) =>
    others.rejectedOrders.hear(tx, await others.returns.rejected(tx, await others.refundReturns.hear(tx, facts))),
  'urssaf-sync.payment-reported.v1': async (tx, facts) => others.merges.follow(tx, facts, await payments.post(tx, facts)),
  'urssaf-sync.online-payment-settled.v1': (tx, facts) => others.onlinePayments.settle(tx, facts),
  'urssaf-sync.money-unmatched.v1': keepUnmatched,
  'urssaf-sync.unmatched-settled.v1': dropSettled,
  'urssaf-sync.reversal-reported.v1': (tx, facts) => reversals.reverse(tx, facts),
});

/** Every account that a run of facts writes on, in the order in which everybody here locks accounts. */
export const locksFirst: LocksFirst = (tx, facts) => lockWithThoseThatGoOn(tx, facts.flatMap(accountsIn));

function accountsIn(fact: Fact): string[] {
  if (fact.subject.startsWith('flow/')) return [];
  if (isFact(fact, 'affiliation.spouse-linked.v1')) return [fact.subject, fact.data.spouseAccount];
  return isFact(fact, 'affiliation.account-merged.v1') ? [fact.subject, fact.data.into] : [fact.subject];
}

/** What came about accounts before they were open: debts first, then the money that pays them, then what takes it back. */
export const takeUp =
  ({ received, receivedTurnovers, payments, reversals }: Pick<UseCases, 'received' | 'receivedTurnovers' | 'payments' | 'reversals'>) =>
  async (tx: EntityManager, facts: readonly Fact[]): Promise<void> => {
    const [declared, turnedOver, reported, taken] = [
      ofType(facts, 'urssaf-sync.income-received.v1'),
      ofType(facts, 'urssaf-sync.turnover-received.v1'),
      ofType(facts, 'urssaf-sync.payment-reported.v1'),
      ofType(facts, 'urssaf-sync.reversal-reported.v1'),
    ];
    if (declared.length > 0) await received.receive(tx, declared);
    if (turnedOver.length > 0) await receivedTurnovers.receive(tx, turnedOver);
    if (reported.length > 0) await payments.post(tx, reported);
    if (taken.length > 0) await reversals.reverse(tx, taken);
  };

const ofType = <T extends FactType>(facts: readonly Fact[], type: T): Fact<T>[] =>
  facts.filter((fact): fact is Fact<T> => fact.type === type);
