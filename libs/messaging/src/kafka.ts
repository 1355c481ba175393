import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import kafkajs from 'kafkajs';
import type { Admin, EachBatchPayload, Kafka, Producer } from 'kafkajs';
import {
  partitionCount,
  RefusedByBus,
  type Bus,
  type BusHealth,
  type Lane,
  type Subscription,
  type TopicSpec,
  type WireFact,
} from './bus.js';
import { noFailpoints } from './failpoints.js';
import { kindOf } from './kafka-faults.js';
import { standingOf, type LaneOffsets } from './kafka-lag.js';
import { fetchedLane } from './kafka-fetched.js';
import { nameOf } from './kafka-lanes.js';
import { memberSettings, retries, usualKafkaPace, type KafkaBusSettings, type KafkaPace, type Subscribed } from './kafka-settings.js';
import { KafkaSubscription, type GroupMember } from './kafka-subscription.js';
import { saidOnce } from './kafka-words.js';
import { KafkaWatch } from './kafka-watch.js';
import { raiseAlarm } from './observation.js';
import { partitionOf } from './partition.js';
import { reached, rotated } from './kafka-reach.js';
import { inPortions, topicRequests, unanswered, untilReady } from './kafka-topics.js';

quietIdleConnections();
beatBySteadyClock();

/** The bus of the distributed mode. The only place that knows the Kafka client, which will be replaced one day. */
export class KafkaBus implements Bus {
  private readonly watch: KafkaWatch;
  private readonly topics = new Map<string, TopicSpec>();
  private readonly prefix: string;
  private readonly pace: KafkaPace;
  private readonly say: ReturnType<typeof saidOnce>;
  private producer: Promise<Producer> | null = null;
  private looker: Promise<Admin> | null = null;
  private clients = 0;
  private closing = false;

  private constructor(private readonly settings: KafkaBusSettings) {
    this.prefix = settings.prefix ?? '';
    this.pace = { ...usualKafkaPace, ...settings.pace };
    this.say = saidOnce(settings.log);
    this.watch = new KafkaWatch(settings, this.pace, (to) => this.offsetsOf(to));
  }

  /** Rejects when no broker can be reached; later on, a broker that goes away is waited for. */
  static async open(settings: KafkaBusSettings): Promise<KafkaBus> {
    const bus = new KafkaBus(settings);
    try {
      bus.producer = bus.newProducer();
      await bus.producer;
      return bus;
    } catch (fault) {
      await bus.close();
      throw fault;
    }
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    const admin = await this.newAdmin();
    try {
      const present = new Set(await admin.listTopics());
      const missing = topics.filter(({ topic }) => !present.has(this.prefix + topic));
      await this.makeTopics(admin, missing);
      for (const spec of topics)
        await untilReady(spec, async () => (await admin.fetchTopicMetadata({ topics: [this.prefix + spec.topic] })).topics[0]);
    } finally {
      await admin.disconnect();
    }
    for (const spec of topics) this.topics.set(spec.topic, spec);
  }

  async publish(batch: readonly WireFact[]): Promise<void> {
    for (const portion of inPortions(batch)) {
      try {
        await this.send(portion);
      } catch (fault) {
        throw await this.explained(fault);
      }
    }
  }

  async subscribe(to: Subscribed, lane: Lane): Promise<Subscription> {
    const subscription = new KafkaSubscription(to, lane, {
      ...this.settings,
      failpoints: this.settings.failpoints ?? noFailpoints,
      consumer: to.consumer,
      runLength: this.pace.runLength,
      beatEveryMs: this.pace.heartbeatMs,
      pace: this.pace,
      join: (member) => this.join(to, member),
    });
    await subscription.start();
    await this.watch.add(subscription);
    const stop = async () => {
      this.watch.remove(subscription);
      await subscription.stop();
    };
    return { stop };
  }

  /** A group of its own for each who listens, which begins at the end; the broker forgets it once nobody is in it. */
  listen(topics: readonly string[], hear: (fact: WireFact) => void): Promise<Subscription> {
    return this.subscribe({ consumer: `news-${randomUUID()}`, topics, from: 'now' }, async (facts) => {
      for (const { topic, key, bytes } of facts) if (key !== null) hear({ topic, key, bytes });
      return { done: facts.length };
    });
  }

  health(): BusHealth {
    return this.watch.health();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.watch.close();
    for (const client of [this.producer, this.looker]) await client?.then((open) => open.disconnect()).catch(() => undefined);
  }

  private newAdmin(): Promise<Admin> {
    return reached(() => this.newClient().admin(), this.settings.brokers.length);
  }

  private newProducer(): Promise<Producer> {
    const { DefaultPartitioner: createPartitioner } = kafkajs.Partitioners;
    const config = { createPartitioner, allowAutoTopicCreation: false, maxInFlightRequests: 1, retry: retries.once };
    return reached(() => this.newClient().producer(config), this.settings.brokers.length);
  }

  private newClient(retry = retries.patient): Kafka {
    return clientFor({ ...this.settings, brokers: rotated(this.settings.brokers, this.clients++) }, { ...this.pace, retry, say: this.say });
  }

  private async makeTopics(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
    if (specs.length === 0) return;
    const lost = specs.flatMap(({ topic }) => (this.topics.has(topic) ? [topic] : []));
    if (lost.length > 0)
      raiseAlarm(this.settings, 'topics-lost', {
        fields: { topics: lost.join(' ') },
        message: 'The broker has lost topics; they are made anew, empty, and their facts must be sent again',
      });
    await admin.createTopics({
      waitForLeaders: false,
      topics: topicRequests(specs, { prefix: this.prefix, replicas: this.settings.replicas }),
    });
  }

  private async send(portion: readonly WireFact[]): Promise<void> {
    const sent = portion.map(({ topic, key, bytes, headers }) => {
      const partition = partitionOf(key, this.topics.get(topic)?.partitions ?? partitionCount);
      const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return { topic: this.prefix + topic, partition, key, value, ...(headers && { headers: { ...headers } }) };
    });
    const topicMessages = [...new Set(sent.map(({ topic }) => topic))].map((topic) => ({
      topic,
      messages: sent.filter((message) => message.topic === topic),
    }));
    this.producer ??= this.newProducer();
    const producer = await this.producer;
    const answers = await producer.sendBatch({ acks: -1, timeout: this.pace.requestTimeoutMs, topicMessages });
    // kafkajs leaves out without a word what it finds no partition for; only what a broker has answered for is sent.
    const silent = unanswered(sent, answers);
    if (silent) throw new Error(`No broker has answered for ${nameOf(silent)}.`);
  }

  private async explained(fault: unknown): Promise<unknown> {
    const kind = kindOf(fault);
    if (kind === 'MESSAGE_TOO_LARGE' || fault instanceof RefusedByBus)
      return new RefusedByBus('The broker refuses a fact for its size.', { cause: fault });
    this.watch.cannotReach(fault);
    this.replaceProducer();
    if (kind === 'UNKNOWN_TOPIC_OR_PARTITION' && !this.closing) await this.ensureTopics([...this.topics.values()]).catch(() => undefined);
    return fault;
  }

  /**
   * What a client knows of the cluster may be its trouble. kafkajs does not ask anew who leads when a leader is silent, and it keeps
   * the connection on which nobody answers: after any failure the next try has a client of its own.
   */
  private replaceProducer(): void {
    const failed = this.producer;
    this.producer = null;
    void failed?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  private async join(to: Subscribed, member: GroupMember): Promise<{ leave(): Promise<void> }> {
    await this.ensureTopics(to.topics.flatMap((topic) => this.topics.get(topic) ?? []));
    // A client of its own: kafkajs lets the consumers of one client share what they believe to be committed.
    const config = { ...memberSettings(this.pace), groupId: this.prefix + to.consumer, retry: retries.outlastingElections };
    const consumer = await reached(() => this.newClient(retries.outlastingElections).consumer(config), this.settings.brokers.length);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) =>
      member.assigned(
        Object.entries(memberAssignment).flatMap(([topic, partitions]) =>
          partitions.map((partition) => nameOf({ topic: this.ownName(topic), partition })),
        ),
      ),
    );
    const leave = () => consumer.disconnect();
    consumer.on(consumer.events.CRASH, ({ payload: { error } }) => member.crashed(error));
    consumer.on(consumer.events.REQUEST_TIMEOUT, ({ payload: { apiName } }) => {
      member.crashed(new Error(`A broker has not answered ${apiName}.`));
      void leave().catch(() => undefined);
    });
    try {
      // From the beginning: where the group has no offset, or the broker has forgotten it, facts would otherwise be skipped.
      await consumer.subscribe({ topics: to.topics.map((topic) => this.prefix + topic), fromBeginning: to.from !== 'now' });
      const eachBatch = (payload: EachBatchPayload) => member.take(fetchedLane(payload, this.ownName(payload.batch.topic)));
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: this.pace.lanesAtOnce,
        eachBatch,
      });
    } catch (fault) {
      await leave().catch(() => undefined);
      throw fault;
    }
    return { leave };
  }

  private async offsetsOf({ consumer, topics }: { consumer: string; topics: readonly string[] }): Promise<Map<string, LaneOffsets>> {
    this.looker ??= this.newAdmin();
    try {
      const admin = await this.looker;
      const names = topics.map((topic) => this.prefix + topic);
      const [committed, ends] = await Promise.all([
        admin.fetchOffsets({ groupId: this.prefix + consumer, topics: names }),
        Promise.all(names.map(async (topic) => ({ topic, partitions: await admin.fetchTopicOffsets(topic) }))),
      ]);
      return standingOf(ends, committed, (topic) => this.ownName(topic));
    } catch (fault) {
      // What it knows of the cluster may be the trouble: the next look has a new one.
      const looker = this.looker;
      this.looker = null;
      void looker?.then((admin) => admin.disconnect()).catch(() => undefined);
      throw fault;
    }
  }

  private ownName(topic: string): string {
    return topic.slice(this.prefix.length);
  }
}

function clientFor(
  { brokers, clientId, tls, login, connect }: KafkaBusSettings,
  { requestTimeoutMs, retry, say }: KafkaPace & { retry: typeof retries.patient; say: ReturnType<typeof saidOnce> },
): Kafka {
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    ssl: tls,
    sasl: login && { mechanism: 'scram-sha-512', ...login },
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    retry,
    socketFactory: connect,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => say,
  });
}

/** What cannot be set is mended: a class of the client, in a file of its own. */
function ofClient<T>(file: string): T {
  return (createRequire(import.meta.url)(`kafkajs/src/${file}`) as { prototype: T }).prototype;
}

/**
 * kafkajs arms a timer again and again for every connection, a thousand times a second, to look at requests that wait; we let it
 * do so only when there are some. Measured here: 3.8 % of a core for an idle service, and 0.5 % without.
 */
function quietIdleConnections(): void {
  type Queue = { pending: unknown[]; scheduleCheckPendingRequests(this: Queue): void };
  const prototype = ofClient<Queue>('network/requestQueue');
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/**
 * kafkajs tells by the machine's clock whether a sign of life is due: set back by three hours, it would give none for as long, and the
 * group would give its member up again and again. We count in time that only runs.
 */
function beatBySteadyClock(): void {
  type Group = { lastRequest: number; beatenAt?: number; heartbeat(this: Group, pace: { interval: number }): Promise<void> };
  const prototype = ofClient<Group>('consumer/consumerGroup');
  const beat = prototype.heartbeat;
  prototype.heartbeat = async function (pace) {
    if (performance.now() < (this.beatenAt ?? -Infinity) + pace.interval) return;
    this.lastRequest = -Infinity;
    await beat.call(this, pace);
    this.beatenAt = performance.now();
  };
}
