import { loopingWorker, Refusal, type ServiceContext, type Worker } from '@isu/chassis';
import { takeToAsk } from './online-order.table.js';
import type { OnlinePaymentsService } from './online-payments.service.js';
import type { PaymentProvider } from './payment-provider.js';
import type { OnlineOrder } from './statement.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'clock' | 'log'>;
  readonly service: OnlinePaymentsService;
  readonly provider: PaymentProvider;
}

const atATime = 20;
/** What the provider may still have under way when an order expires. */
const graceMs = 60_000;

/** Asks the provider for the orders of which it said nothing: a notification that was lost, a tab that was closed. */
export function askingWorker({ context, service, provider }: Parts, everyMs = 1_000): Worker {
  const { db, clock, log } = context;
  const ask = async (order: OnlineOrder, signal: AbortSignal): Promise<void> => {
    const word = await provider.statementOf(order, signal);
    if (word === null) return;
    if (word === 'unknown') {
      if (clock.now().getTime() > order.expiresAt.getTime() + graceMs) await service.expire(order.order);
      return;
    }
    try {
      await service.hear(word);
    } catch (fault) {
      // A word that is none, or that its signature does not hold for, is asked for again later: nothing rests on it.
      if (!(fault instanceof Refusal)) throw fault;
      log.warn(
        { code: fault.code, correlation: order.correlation, attempts: order.asked },
        'the payment provider answered what is no statement',
      );
    }
  };
  return loopingWorker({
    name: 'online-payment-asking',
    everyMs,
    log,
    turn: async (signal) => {
      const due = await takeToAsk(db.manager, { now: clock.now(), limit: atATime });
      for (const order of due) if (!signal.aborted) await ask(order, signal);
      return due.length === atATime;
    },
  });
}
