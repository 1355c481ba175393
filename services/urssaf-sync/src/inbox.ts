import type { Subscriptions } from '@isu/messaging';
import type { PaymentsInTransit } from './anomalies/payments-in-transit.js';
import type { KnownAccounts } from './payments/known-accounts.js';

/** Every event that urssaf-sync hears, and the use case it calls. Its copy of all other facts is kept by the chassis. */
export const subscriptions = (accounts: KnownAccounts, inTransit: PaymentsInTransit): Subscriptions => ({
  'affiliation.registered.v1': (tx, facts) => accounts.register(tx, facts),
  'collection.payment-posted.v1': (tx, facts) => inTransit.posted(tx, facts),
  'collection.payment-reversed.v1': (tx, facts) => inTransit.reversed(tx, facts),
});
