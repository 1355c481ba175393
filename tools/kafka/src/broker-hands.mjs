/** What tests do to a broker behind the back of the system: look, delete, rewind. */
import kafkajs from 'kafkajs';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;

export class BrokerHands {
  #kafka;

  constructor(brokers) {
    this.#kafka = new Kafka({ clientId: 'isu-test', brokers, logLevel: logLevel.NOTHING, retry: { initialRetryTime: 100, retries: 8 } });
  }

  /** Waits until that many brokers make up the cluster. */
  async seesBrokers(count, withinMs = 30_000) {
    await this.#until(withinMs, `${count} brokers`, async (admin) => (await admin.describeCluster()).brokers.length === count);
  }

  /** Topics and groups whose names begin so, offsets included. */
  async forget(prefix) {
    await this.loseTopics(prefix);
    await this.#withAdmin(async (admin) => {
      const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((group) => group.startsWith(prefix));
      if (groups.length > 0) await admin.deleteGroups(groups);
    });
    await this.#until(10_000, 'topics gone', async (admin) => !(await admin.listTopics()).some((topic) => topic.startsWith(prefix)));
  }

  /** Deletes the topics whose names begin so, while whoever likes is still reading and writing. They may be back at once. */
  async loseTopics(prefix) {
    await this.#withAdmin(async (admin) => {
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
    });
  }

  /** A group that nobody is in any more begins at the beginning again. */
  async rewind(groupId) {
    await this.#until(30_000, `${groupId} empty`, async (admin) => {
      const { groups } = await admin.describeGroups([groupId]);
      return groups[0].state === 'Empty' || groups[0].state === 'Dead';
    });
    await this.#withAdmin(async (admin) => {
      const topics = (await admin.fetchOffsets({ groupId })).map(({ topic }) => topic);
      for (const topic of topics) await admin.resetOffsets({ groupId, topic, earliest: true });
    });
  }

  /** Which node leads a partition, and which have a copy that is up to date. */
  async leaderOf(topic, partition) {
    return this.#withAdmin(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const found = topics[0].partitions.find(({ partitionId }) => partitionId === partition);
      return { leader: found.leader, inSync: found.isr };
    });
  }

  /**
   * Writes to a topic of ours what is none of our business: no key and no value, 1 MiB of nothing, a compression that our client
   * cannot undo, and a transaction that is never ended. Answers how many messages arrive.
   */
  async writeAsStranger(topic) {
    CompressionCodecs[CompressionTypes.Snappy] = () => ({ compress: async ({ buffer }) => asSnappy(buffer), decompress: undecodable });
    const stranger = this.#kafka.producer({ transactionalId: `stranger-of-${topic}`, transactionTimeout: 60_000, maxInFlightRequests: 1 });
    const plain = this.#kafka.producer();
    await Promise.all([stranger.connect(), plain.connect()]);
    const strange = [
      { key: null, value: null, partition: 0 },
      { key: Buffer.from([0xff, 0xfe]), value: 'not ours', partition: 1 },
      { key: 'big', value: Buffer.alloc(1_048_576, 'x'), partition: 2 },
    ];
    await plain.send({ topic, messages: strange });
    await plain.send({ topic, messages: [{ key: 'tight', value: 'x'.repeat(500), partition: 3 }], compression: CompressionTypes.Snappy });
    delete CompressionCodecs[CompressionTypes.Snappy];
    const open = await stranger.transaction();
    await open.send({ topic, messages: [{ key: 'open', value: 'for ever', partition: 4 }] });
    await plain.disconnect();
    // The transaction stays open until the broker gives it up, a minute later.
    return strange.length + 2;
  }

  async describeGroup(groupId) {
    return this.#withAdmin(async (admin) => {
      const { groups } = await admin.describeGroups([groupId]);
      return { state: groups[0].state, members: groups[0].members.length };
    });
  }

  async #withAdmin(work) {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  async #until(withinMs, what, holds) {
    const limit = performance.now() + withinMs;
    for (let last = null; ;) {
      try {
        if (await this.#withAdmin(holds)) return;
      } catch (fault) {
        last = fault;
      }
      if (performance.now() > limit) throw new Error(`Not within ${withinMs} ms: ${what}`, { cause: last });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Snappy as Java frames it: a header, then blocks of a length and literals only, which is valid and compresses nothing. */
function asSnappy(buffer) {
  const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const literal = Buffer.concat([
    varint(buffer.length),
    Buffer.from([61 << 2, (buffer.length - 1) & 0xff, (buffer.length - 1) >> 8]),
    buffer,
  ]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(literal.length);
  return Buffer.concat([header, length, literal]);
}

function varint(number) {
  const bytes = [];
  for (let rest = number; ; rest >>>= 7) {
    bytes.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) return Buffer.from(bytes);
  }
}

const undecodable = () => Promise.reject(new Error('our client cannot undo this'));
