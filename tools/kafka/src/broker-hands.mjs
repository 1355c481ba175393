/** What tests do to a broker behind the back of the system: look, delete, rewind. */
import kafkajs from 'kafkajs';

const { Kafka, logLevel } = kafkajs;

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
    await this.#withAdmin(async (admin) => {
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((group) => group.startsWith(prefix));
      if (groups.length > 0) await admin.deleteGroups(groups);
    });
    await this.#until(10_000, 'topics gone', async (admin) => !(await admin.listTopics()).some((topic) => topic.startsWith(prefix)));
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
