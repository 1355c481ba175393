import type { Subscriptions } from '@isu/messaging';
import type { RefusedMandates } from './mandates/refused-mandates.js';
import type { StrikeOffsService } from './strike-offs/strike-offs.service.js';

/** Every event that affiliation reacts to; it keeps its own copy of all of them. */
export const subscriptions = (strikeOffs: StrikeOffsService, refusedMandates: RefusedMandates): Subscriptions => ({
  'collection.income-recorded.v1': (tx, facts) => strikeOffs.hearDeclarations(tx, facts),
  'collection.debit-returned.v1': (tx, facts) => refusedMandates.hear(tx, facts),
  'collection.debit-examined.v1': (tx, facts) => refusedMandates.hear(tx, facts),
});
