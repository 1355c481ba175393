import type { Subscriptions } from '@isu/messaging';
import type { PaymentDelaysService } from './delays/payment-delays.service.js';

/** Every event that benefits hears, and the use case it calls. Its copy of all facts, on which rights rest, is kept by the chassis. */
export const subscriptions = (delays: PaymentDelaysService): Subscriptions => ({
  'collection.payment-posted.v1': (tx, facts) => delays.measure(tx, facts),
});
