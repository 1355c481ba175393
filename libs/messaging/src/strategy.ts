import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { FactType } from '@isu/contracts';
import { Consumer, type ConsumerSettings } from './consumer.js';
import type { FactHandler, Subscriptions } from './inbox.js';

/**
 * Hosts the consumer in a Nest application: `app.connectMicroservice({ strategy })`, `app.startAllMicroservices()`. Handlers are
 * added directly, not by `@EventPattern`, so that what they throw arrives here as thrown and not as "Internal server error".
 */
export class FactStrategy extends Server implements CustomTransportStrategy {
  readonly consumer: Consumer;

  constructor(settings: Omit<ConsumerSettings, 'handlerOf'>, subscriptions: Subscriptions) {
    super();
    for (const [type, handler] of Object.entries(subscriptions)) this.addHandler(type, asMessageHandler(handler as FactHandler), true);
    this.consumer = new Consumer({ ...settings, handlerOf: (type) => this.handlerOf(type) });
  }

  listen(callback: (fault?: unknown) => void): void {
    this.consumer.start().then(() => callback(), callback);
  }

  /** Nest calls it when HTTP is closed: the runs in hand are finished. */
  close(): Promise<void> {
    return this.consumer.stop();
  }

  on(): never {
    throw new Error('The consumer has no events of its own; ask its health.');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private handlerOf(type: FactType): FactHandler | undefined {
    const handler = this.getHandlerByPattern(type);
    return handler ? (tx, facts) => handler(facts, tx) as Promise<void> : undefined;
  }
}

/** Nest hands a handler the message first and its context second: here, the facts and the transaction. */
const asMessageHandler =
  (handler: FactHandler) =>
  async (facts: Parameters<FactHandler>[1], tx: Parameters<FactHandler>[0]): Promise<void> =>
    handler(tx, facts);
