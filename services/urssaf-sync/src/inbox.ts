import { together, type Subscriptions } from '@isu/messaging';
import type { PaymentsInTransit } from './anomalies/payments-in-transit.js';
import type { PeopleNeverCalled } from './anomalies/people-never-called.js';
import type { OnlinePaymentsService } from './online-payments/online-payments.service.js';
import { noteToTell } from './outgoing/outgoing-lines.js';
import type { KnownAccounts } from './payments/known-accounts.js';
import type { ReturnedDebits } from './rejected-orders/returned-debits.js';

/** What the cell must look at, and what of it settles itself with a fact. */
interface CellWatches {
  readonly inTransit: PaymentsInTransit;
  readonly neverCalled: PeopleNeverCalled;
  readonly returnedDebits: ReturnedDebits;
}

/** Every event that urssaf-sync hears, and the use case it calls. Its copy of all other facts is kept by the chassis; what partners are to be told waits. */
export const subscriptions = (
  accounts: KnownAccounts,
  { inTransit, neverCalled, returnedDebits }: CellWatches,
  online: OnlinePaymentsService | null,
): Subscriptions => ({
  'affiliation.registered.v1': async (tx, facts) => {
    // Accounts are taken for their group before money is: see the order of locks (ADR 15).
    await noteToTell(tx, facts);
    await accounts.register(tx, facts);
  },
  'affiliation.status-changed.v1': noteToTell,
  'affiliation.ended.v1': noteToTell,
  'affiliation.fund-changed.v1': noteToTell,
  'affiliation.spouse-linked.v1': noteToTell,
  'affiliation.acre-decided.v1': noteToTell,
  'affiliation.account-merged.v1': noteToTell,
  'collection.income-recorded.v1': noteToTell,
  'collection.assessed.v1': noteToTell,
  'collection.schedule-issued.v1': async (tx, facts) => {
    await neverCalled.called(tx, facts);
    await noteToTell(tx, facts);
  },
  'collection.credit-allocated.v1': noteToTell,
  'collection.allocation-released.v1': noteToTell,
  // Where no provider is agreed with, no order is made either.
  'collection.online-payment-opened.v1': async (tx, facts) => online?.open(tx, facts),
  'collection.debit-returned.v1': (tx, facts) => returnedDebits.returned(tx, facts),
  'collection.debit-examined.v1': (tx, facts) => returnedDebits.examined(tx, facts),
  'collection.payment-posted.v1': async (tx, facts) => {
    await together(inTransit.posted(tx, facts), returnedDebits.paid(tx, facts), noteToTell(tx, facts));
  },
  'collection.payment-reversed.v1': async (tx, facts) => {
    await inTransit.reversed(tx, facts);
    await noteToTell(tx, facts);
  },
  'collection.surcharge-charged.v1': noteToTell,
  'collection.surcharge-cancelled.v1': noteToTell,
  'collection.surcharge-remitted.v1': noteToTell,
});
