import type { BrokerNode, TestCluster } from '@isu/kafka';
import { topicOf } from '@isu/contracts';
import { partitionCount } from '../bus.js';
import { resendFrom } from '../outbox.js';
import { pause } from '../wakeup.js';
import { checkWhole, lastSeq } from './checks.js';
import { contractCase, onlyReader, type ContractCase } from './contract-case.js';
import { surroundings } from './contract-suite.suite.js';
import { load } from './delivery-cases.js';
import { kafkaBusOnTrial } from './kafka-bus-on-trial.js';
import { hold } from './surroundings.js';
import { account, opened, type World } from './world.js';

/** Longer than the brokers, the group and the client take together to find a new leader and a new coordinator, on two busy cores. */
const failOverMs = 60_000;
const sessionMs = 3_000;
/** Beyond every session: the others have given up whoever is silent for as long. */
const frozenMs = 8_000;

const topic = topicOf('collection');

const unsent = async (world: World): Promise<number> => {
  const [{ n }] = await world.collection.db.query('SELECT count(*)::int AS n FROM outbox WHERE sent_at IS NULL');
  return n;
};

const isWhole = (world: World) => world.eventually(() => checkWhole(world, onlyReader(world)), failOverMs);

/** What only a broker can do to us. */
export interface BrokerCase {
  readonly title: string;
  run(cluster: TestCluster): Promise<void>;
}

/** The cluster as one case sees it. */
type ClusterOnTrial = TestCluster & { readonly topic: string; leaderOf(partition: number): Promise<BrokerNode> };

let runs = 0;

function brokerCase(title: string, tell: (world: World, cluster: ClusterOnTrial) => Promise<void>): BrokerCase {
  const run = async (cluster: TestCluster) => {
    const prefix = `b${process.pid}-${++runs}.`;
    const broker = { ...cluster, prefix, replicas: cluster.nodes.length, sessionTimeoutMs: sessionMs };
    const leaderOf = async (partition: number) => {
      const { leader } = await cluster.hands.leaderOf(prefix + topic, partition);
      const node = cluster.nodes.find(({ id }) => id === leader);
      hold(node !== undefined, `partition ${partition} has no leader`);
      return node;
    };
    const story: ContractCase = contractCase('', title, { tell: (world) => tell(world, { ...cluster, topic: prefix + topic, leaderOf }) });
    await story.run(surroundings((_server, around) => kafkaBusOnTrial(broker, around), 30_000));
  };
  return { title, run };
}

export const leaderKilled = brokerCase(
  'the leader of a loaded partition is killed: publishing goes on, nothing acknowledged is lost (R4, R7)',
  async (world, cluster) => {
    await load(world, { facts: 300, accounts: 40, seed: 31 });
    await world.eventually(async () => hold((await unsent(world)) === 0, 'the outbox does not drain'));
    const leader = await cluster.leaderOf(0);
    const loading = load(world, { facts: 1_500, accounts: 40, seed: 32 });
    await world.eventually(async () => hold((await unsent(world)) > 0, 'there is no load'));
    await leader.kill();
    await loading;
    await world.eventually(async () => hold((await unsent(world)) === 0, 'publishing does not go on'), 30_000);
    await isWhole(world);
    await leader.start();
    await load(world, { facts: 300, accounts: 40, seed: 33 });
    await isWhole(world);
  },
);

export const twoOfThreeKilled = brokerCase(
  'two of three brokers are killed: publishing fails, the outbox grows, and drains when they are back (I10, R7)',
  async (world, { nodes }) => {
    const [one, two] = nodes as [BrokerNode, BrokerNode];
    await load(world, { facts: 300, accounts: 40, seed: 34 });
    await isWhole(world);
    await Promise.all([one.kill(), two.kill()]);
    await load(world, { facts: 500, accounts: 40, seed: 35 });
    await world.eventually(() => hold(!world.bus.health().connected, 'the bus says that it is well'));
    hold((await unsent(world)) > 0, 'something was acknowledged by a minority');
    await pause(3_000);
    hold((await unsent(world)) > 0, 'something was acknowledged by a minority');
    await Promise.all([one.start(), two.start()]);
    await isWhole(world);
    await world.eventually(() => hold(world.bus.health().connected, 'the bus does not recover'));
  },
);

export const leaderFrozen = brokerCase(
  'a leader that holds its connections and answers nobody is given up; awake again, it brings nothing back (R4, R7)',
  async (world, cluster) => {
    await load(world, { facts: 300, accounts: 40, seed: 36 });
    await isWhole(world);
    const leader = await cluster.leaderOf(3);
    const loading = load(world, { facts: 1_000, accounts: 40, seed: 37 });
    leader.freeze();
    await loading;
    await pause(frozenMs);
    await load(world, { facts: 200, accounts: 40, seed: 38 });
    await isWhole(world);
    leader.thaw();
    await load(world, { facts: 300, accounts: 40, seed: 39 });
    await isWhole(world);
  },
);

export const onlyBrokerFrozen = brokerCase(
  'the only broker is frozen: the bus says that it is not well, writers are not held up, all is there when it wakes (I10)',
  async (world, { nodes }) => {
    const [node] = nodes as [BrokerNode];
    await load(world, { facts: 300, accounts: 40, seed: 40 });
    node.freeze();
    await load(world, { facts: 500, accounts: 40, seed: 41 });
    await world.eventually(() => hold(!world.bus.health().connected, 'the bus says that it is well'));
    await pause(frozenMs);
    node.thaw();
    await isWhole(world);
    await world.eventually(() => hold(world.bus.health().connected, 'the bus does not recover'));
  },
);

export const logWiped = brokerCase(
  'the broker forgets all: topics are made anew with an alarm, and the fact tables fill them again; nothing happens twice (I10, R7)',
  async (world, { nodes }) => {
    const [node] = nodes as [BrokerNode];
    const reader = onlyReader(world);
    await load(world, { facts: 500, accounts: 40, seed: 42 });
    await isWhole(world);
    await node.wipe();
    await load(world, { facts: 100, accounts: 40, seed: 43 });
    await node.start();
    await world.eventually(async () => hold((await unsent(world)) === 0, 'publishing does not go on'), failOverMs);
    hold(world.alarms.includes('topics-lost'), 'nobody was told that the broker has forgotten');
    const late = await world.addReader('urssaf-sync');
    const resend = { author: world.author, topic, position: 1n, at: world.clock.now() };
    await world.collection.db.transaction((tx) => resendFrom(tx, resend));
    await world.eventually(() => checkWhole(world, late), failOverMs);
    await world.eventually(() => checkWhole(world, reader), failOverMs);
  },
);

export const clockSetBack = brokerCase(
  'the clock of a reader is set back by three hours: its group still hears that it lives, and nothing is passed to others (R13)',
  async (world, { hands, topic: onCluster }) => {
    const group = onCluster.replace(topic, onlyReader(world).name);
    await load(world, { facts: 100, accounts: 40, seed: 44 });
    await isWhole(world);
    world.jumpClock(-3 * 3_600_000);
    for (let session = 1; session <= 3; session += 1) {
      await pause(sessionMs);
      const { state, members } = await hands.describeGroup(group);
      hold(state === 'Stable' && members === 1, `the group is ${state} with ${members} members`);
    }
    await load(world, { facts: 100, accounts: 40, seed: 45 });
    await isWhole(world);
  },
);

export const topicUsedAtOnce = brokerCase('a topic is written to in the moment in which it is made', async (world) => {
  for (let round = 1; round <= 5; round += 1) {
    const fresh = { topic: `isu.fresh-${round}`, partitions: partitionCount };
    await world.bus.ensureTopics([fresh]);
    const batch = Array.from({ length: 50 }, (_, index) => ({ topic: fresh.topic, key: account(index + 1), bytes: Buffer.from('{}') }));
    // With several brokers one may not have heard of it yet: then it says so, and the relay sends again.
    await world.eventually(() => world.bus.publish(batch));
  }
});

export const anotherPartitionCount = brokerCase(
  'a topic with another number of partitions than promised is refused: order rests on it',
  async (world) => {
    await world.bus.ensureTopics([{ topic: 'isu.narrow', partitions: 3 }]);
    const fault = await world.bus.ensureTopics([{ topic: 'isu.narrow', partitions: partitionCount }]).catch((thrown: unknown) => thrown);
    hold(String(fault).includes('has 3 partitions and was promised 12'), 'the wrong number was taken');
  },
);

export const strangersOnTheTopic = brokerCase(
  'what strangers write to the topic (compressed in ways we cannot read, empty, 1 MiB, in a transaction left open) stops nobody',
  async (world, { hands, topic: onCluster }) => {
    const reader = onlyReader(world);
    await world.write([opened(account(1))]);
    await isWhole(world);
    const written = await hands.writeAsStranger(onCluster);
    await world.write(Array.from({ length: 60 }, (_, index) => opened(account(100 + index))));
    await world.eventually(async () => hold((await lastSeq(reader, account(159))) === 1, 'a stranger holds up the lanes'));
    const [{ n }] = await reader.database.db.query(`SELECT count(*)::int AS n FROM set_aside WHERE state = 'unreadable'`);
    hold(n === written, `${n} of ${written} strange messages were kept`);
  },
);
