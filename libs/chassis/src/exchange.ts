import { authors } from '@isu/contracts';
import { FactStrategy, Relay, RestoredAuthor, type Failpoints, type Parking, type WriteGate } from '@isu/messaging';
import type { ClientConfig } from 'pg';
import { exposeExchange } from './exchange-figures.js';
import type { Check } from './health/readiness.js';
import type { WatchedBus } from './health/watched-bus.js';
import type { BuiltService, ServiceContext } from './service.js';
import { plays } from './settings/parts.js';

interface ExchangeParts {
  readonly context: ServiceContext;
  readonly subscriptions: BuiltService['subscriptions'];
  readonly locksFirst?: BuiltService['locksFirst'];
  readonly onRecovered?: BuiltService['onRecovered'];
  readonly failpoints?: Failpoints | undefined;
  readonly bus: WatchedBus;
  readonly gate: WriteGate;
  /** For the connections of their own that the relay and the retry worker hold their locks on. */
  readonly connection: ClientConfig;
}

/** Oldest fact that may wait to be sent before the service is no longer called ready. */
const longestUnsentMs = 60_000;

/** How the service hears the others and is heard: consumer, relay, and the question that an author asks before it writes. */
export class Exchange {
  readonly strategy: FactStrategy;
  private readonly relay: Relay;
  private readonly restored: RestoredAuthor;
  private asking: Promise<void> = Promise.resolve();
  private diverged = false;

  constructor(private readonly parts: ExchangeParts) {
    const { context, subscriptions, locksFirst, onRecovered, failpoints, bus, gate, connection } = parts;
    const { name, db, clock, log, metrics, peers, settings } = context;
    const heard = authors.filter((author) => author !== name);
    const common = { bus, db, connection, clock, log, metrics, failpoints };
    this.strategy = new FactStrategy({ ...common, name, authors: heard, peers, ends: peers, locksFirst }, subscriptions);
    this.relay = new Relay({ ...common, author: name });
    const withoutReaders = settings.withoutReaders.split(',').map((reader) => reader.trim());
    const asking = { author: name, db, readers: peers, gate, clock, log, metrics };
    this.restored = new RestoredAuthor({ ...asking, withoutReaders, onRecovered, retryMs: 250 });
    context.facts.onPublished(() => this.relay.nudge());
    exposeExchange({ context, relay: this.relay, bus, heard });
  }

  get parking(): Parking {
    return this.strategy.consumer.parking;
  }

  /** The consumer is started by Nest, which hosts its strategy. */
  start(): void {
    if (plays(this.parts.context.settings.role, 'relay')) this.relay.start();
    this.asking = this.restored.openWhenWhole().catch((error: unknown) => {
      this.diverged = true;
      this.parts.context.log.error({ alarm: 'author-diverged', error }, 'the readers hold another history than ours: no write is accepted');
    });
  }

  async stop(): Promise<void> {
    this.restored.stop();
    await this.asking;
    await this.relay.stop();
  }

  /** What readiness looks at: the consumer itself moving, facts going out, and writes being accepted. */
  get checks(): Readonly<Record<string, Check>> {
    const { bus, context } = this.parts;
    const { role, stalledAfterMs } = context.settings;
    return {
      ...(plays(role, 'consumer') && { consumer: async () => bus.trouble(stalledAfterMs) }),
      ...(plays(role, 'relay') && { relay: () => this.relayTrouble() }),
      writes: async () => {
        if (this.diverged) return 'the readers hold another history';
        const { waitingFor } = this.restored;
        return waitingFor.length === 0 ? undefined : `waiting for ${waitingFor.join(', ')}`;
      },
    };
  }

  private async relayTrouble(): Promise<string | undefined> {
    const { blocked, oldestUnsentAgeMs } = await this.relay.health();
    if (blocked) return 'a fact is refused by the bus';
    return (oldestUnsentAgeMs ?? 0) > longestUnsentMs ? 'facts wait to be sent' : undefined;
  }
}
