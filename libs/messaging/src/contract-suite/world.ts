import { topicOf, type Author, type Fact, type FactDraft, type FactType } from '@isu/contracts';
import { AccountNumber, Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { partitionCount, type TopicSpec, type WireFact } from '../bus.js';
import { Consumer, type ConsumerSettings } from '../consumer.js';
import type { ConsumerPace } from '../consumer-pace.js';
import { FactStore } from '../fact-store.js';
import type { FailpointName, Failpoints } from '../failpoints.js';
import type { FactHandler } from '../inbox.js';
import { messagingMigrations } from '../migrations.js';
import type { Logger } from '../observation.js';
import type { Peers } from '../peers.js';
import { Relay } from '../relay.js';
import { pause } from '../wakeup.js';
import { ContractBroken, runningClock, setMachineClock, type Surroundings, type TestBus, type TestDatabase } from './surroundings.js';

/** What handlers did, in the order they did it: the outcome that is counted. */
const effects = {
  name: 'suite-0001-effects',
  why: 'What the handlers of the suite do.',
  sql: 'CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, stream text NOT NULL, seq bigint NOT NULL, id uuid NOT NULL)',
};

/** Waits are short here; nothing else differs from production. */
const shortPace: Partial<ConsumerPace> = {
  troubleDelaysMs: [20, 50],
  laneBackOffMs: { first: 50, last: 200 },
  retryDelaysMs: [10, 20, 40, 80],
  retryPollMs: 50,
};
const shortRelayPace = { backOffMs: { first: 20, last: 200 }, pollMs: 50 };

export const handledTypes: readonly FactType[] = [
  'collection.account-opened.v1',
  'collection.payment-reversed.v1',
  'collection.day-closed.v1',
];

export interface Reader {
  readonly name: string;
  readonly database: TestDatabase;
  readonly settings: ConsumerSettings;
  consumer: Consumer;
  /** What a handler does before it does its work; tests make it fail. */
  interfere: (facts: readonly Fact[]) => Promise<void>;
}

/** Collection writes, others read; every part is the real one, on a real database, over the bus under test. */
export class World {
  private clockIsOffByMs = 0;
  readonly clock: BusinessClock = runningClock(
    () => Day.of('2016-05-20'),
    () => this.clockIsOffByMs,
  );
  readonly alarms: string[] = [];
  readonly readers: Reader[] = [];
  readonly holds = new Map<FailpointName, { reached: () => void; times: number }>();
  readonly author: Author = 'collection';
  /** Peers are asked here; a test may make the author silent. */
  askAuthor: Peers['factsOf'] = (author, stream, fromSeq, toSeq) =>
    this.facts.wireOf(this.collection.db, { author, stream, fromSeq, toSeq });
  relay!: Relay;
  facts!: FactStore;
  private relays: Relay[] = [];
  private setClockRight: () => void = () => undefined;

  readonly log: Logger = {
    info: () => undefined,
    warn: () => undefined,
    error: ({ alarm }) => void this.alarms.push(String(alarm)),
  };
  readonly failpoints: Failpoints = { reach: (name) => this.reach(name) };

  private constructor(
    readonly surroundings: Surroundings,
    readonly collection: TestDatabase,
    readonly testBus: { current: TestBus },
  ) {}

  static async make(
    surroundings: Surroundings,
    { readers = ['benefits'], seed = null }: { readers?: string[]; seed?: number | null } = {},
  ) {
    const collection = await surroundings.database(messagingMigrations, 'collection');
    const holder = {} as { current: TestBus };
    const world = new World(surroundings, collection, holder);
    holder.current = await surroundings.makeBus({ clock: world.clock, log: world.log, failpoints: world.failpoints, seed });
    const store = new FactStore('collection', world.clock);
    world.facts = surroundings.bug?.facts?.(store, { bus: () => world.bus }) ?? store;
    await world.bus.ensureTopics([{ topic: topicOf('collection'), partitions: partitionCount }]);
    for (const name of readers) await world.addReader(name);
    world.relay = world.startRelay();
    return world;
  }

  get bus() {
    return this.testBus.current.bus;
  }

  startRelay(): Relay {
    const settings = {
      author: this.author,
      bus: {
        ensureTopics: (topics: readonly TopicSpec[]) => this.bus.ensureTopics(topics),
        publish: (batch: readonly WireFact[]) => this.bus.publish(batch),
      } as typeof this.bus,
      db: this.collection.db,
      connection: { connectionString: this.collection.url },
      clock: this.clock,
      log: this.log,
      failpoints: this.failpoints,
      pace: shortRelayPace,
    };
    const relay = this.surroundings.bug?.relay?.(settings) ?? new Relay(settings);
    this.facts.onPublished(() => relay.nudge());
    relay.start();
    this.relays.push(relay);
    return relay;
  }

  async addReader(name: string, { database, pace }: { database?: TestDatabase; pace?: Partial<ConsumerPace> } = {}): Promise<Reader> {
    const own = database ?? (await this.surroundings.database([...messagingMigrations, effects], 'reader'));
    const handlers = new Map(handledTypes.map((type) => [type, this.handlerFor(() => reader)]));
    const settings: ConsumerSettings = {
      name,
      authors: [this.author],
      bus: this.surroundings.bug?.bus?.(this.bus) ?? this.bus,
      db: own.db,
      connection: { connectionString: own.url },
      handlerOf: (type) => handlers.get(type),
      peers: { factsOf: (...question) => this.askAuthor(...question) },
      clock: this.clock,
      log: this.log,
      failpoints: this.failpoints,
      pace: { ...shortPace, ...pace },
    };
    const reader: Reader = { name, database: own, settings, consumer: this.newConsumer(settings), interfere: () => Promise.resolve() };
    await reader.consumer.start();
    this.readers.push(reader);
    return reader;
  }

  /** A new process takes the place of the one that ended. */
  async restart(reader: Reader): Promise<void> {
    reader.consumer = this.newConsumer({ ...reader.settings, bus: this.surroundings.bug?.bus?.(this.bus) ?? this.bus });
    await reader.consumer.start();
  }

  private newConsumer(settings: ConsumerSettings): Consumer {
    return this.surroundings.bug?.consumer?.(settings) ?? new Consumer(settings);
  }

  private handlerFor(reader: () => Reader): FactHandler {
    const handler: FactHandler = async (tx, facts) => {
      await reader().interfere(facts);
      await tx.query('INSERT INTO effect (stream, seq, id) SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[])', [
        facts.map(({ subject }) => subject),
        facts.map(({ seq }) => seq),
        facts.map(({ id }) => id),
      ]);
    };
    return this.surroundings.bug?.handler?.(handler) ?? handler;
  }

  /** Writes facts in one transaction, as a use case would. */
  write(drafts: readonly FactDraft[], also?: (tx: EntityManager) => Promise<void>): Promise<Fact[]> {
    return this.collection.db.transaction(async (tx) => {
      const written = await this.facts.publish(tx, drafts);
      await also?.(tx);
      return written;
    });
  }

  /** The clock of the machine jumps, for all that runs on it. */
  jumpClock(offByMs: number): void {
    this.setClockRight();
    this.clockIsOffByMs = offByMs;
    this.setClockRight = setMachineClock({ offByMs });
  }

  /** Holds whoever comes to the failpoint, for good: as far as anybody can see, that process has died there. */
  dieAt(name: FailpointName): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new ContractBroken(`Nobody came to ${name}.`)), this.surroundings.patienceMs);
      const reached = () => {
        clearTimeout(timer);
        resolve();
      };
      this.holds.set(name, { reached, times: 1 });
    });
  }

  private reach(name: FailpointName): Promise<void> {
    const hold = this.holds.get(name);
    if (!hold) return Promise.resolve();
    this.holds.delete(name);
    hold.reached();
    return new Promise(() => undefined);
  }

  /** Asks until the check passes; at the limit its last word is what broke the contract. */
  async eventually(check: () => void | Promise<void>, withinMs = this.surroundings.patienceMs): Promise<void> {
    const limit = performance.now() + withinMs;
    for (;;) {
      try {
        return await check();
      } catch (fault) {
        if (performance.now() > limit) throw new ContractBroken(`Not within ${withinMs} ms: ${String(fault)}`, { cause: fault });
      }
      await pause(10);
    }
  }

  async close(): Promise<void> {
    this.setClockRight();
    // What died in the test never answers; what lives is stopped in order: readers, relays, bus, databases.
    const stops = [
      () => this.readers.map(({ consumer }) => consumer.stop()),
      () => this.relays.map((relay) => relay.stop()),
      () => [this.testBus.current.close()],
    ];
    for (const stop of stops) await withPatience(Promise.allSettled(stop()));
    const databases = new Set([this.collection, ...this.readers.map(({ database }) => database)]);
    await Promise.all([...databases].map((database) => database.close()));
  }
}

async function withPatience(work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work.finally(() => over.abort()), pause(3_000, over.signal)]);
  over.abort();
}

/** Accounts of the fund 13, well formed. */
export const account = (sequence: number): string => AccountNumber.make('13', sequence).toString();

export const opened = (stream: string): FactDraft => ({
  stream,
  type: 'collection.account-opened.v1',
  effectiveOn: '2016-05-20',
  data: { openedOn: '2016-05-20' },
});

export const reversed = (stream: string): FactDraft => ({
  stream,
  type: 'collection.payment-reversed.v1',
  effectiveOn: '2016-05-20',
  data: { paymentId: '01900000-0000-7000-8000-000000000000', reason: 'provision', accountingDay: '2016-05-20' },
});
