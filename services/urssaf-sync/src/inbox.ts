import type { Subscriptions } from '@isu/messaging';
import type { KnownAccounts } from './payments/known-accounts.js';

/** Every event that urssaf-sync hears, and the use case it calls. Its copy of all other facts is kept by the chassis. */
export const subscriptions = (accounts: KnownAccounts): Subscriptions => ({
  'affiliation.registered.v1': (tx, facts) => accounts.register(tx, facts),
});
