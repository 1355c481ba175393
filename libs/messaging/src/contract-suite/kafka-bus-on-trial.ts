import { randomUUID } from 'node:crypto';
import { connect as open, type Socket } from 'node:net';
import type { Bus, Lane } from '../bus.js';
import { KafkaBus } from '../kafka.js';
import type { KafkaBusSettings, KafkaPace } from '../kafka-settings.js';
import { pause } from '../wakeup.js';
import { seededRandom, type BusSurroundings, type TestBus } from './surroundings.js';

/** What tests do to a broker behind the back of the bus, as @isu/kafka does it. */
export interface BrokerUnderTest {
  readonly brokers: readonly string[];
  readonly hands: { forget(prefix: string): Promise<void>; rewind(groupId: string): Promise<void> };
  readonly replicas?: number;
  readonly sessionTimeoutMs: number;
  /** Before the names of this bus's topics and groups; one of its own when absent. */
  readonly prefix?: string;
}

/** Waits are short here; nothing else differs from production. */
const shortPace = (sessionTimeoutMs: number): Partial<KafkaPace> => ({
  sessionTimeoutMs,
  rebalanceTimeoutMs: 10_000,
  heartbeatMs: 300,
  longestPollMs: 100,
  requestTimeoutMs: 4_000,
  rejoinMs: { first: 100, last: 500 },
  lookEveryMs: 100,
});

/** The cable between one process and the brokers. */
class Cable {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  readonly connect: KafkaBusSettings['connect'] = ({ host, port, onConnect }) => {
    // Nothing listens on port 9 of this machine: the attempt is refused as by a broker that is away.
    const socket = this.isCut ? open({ host: '127.0.0.1', port: 9 }) : open({ host, port }, onConnect);
    this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
    return socket;
  };

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy(new Error('the cable is cut'));
  }

  mend(): void {
    this.isCut = false;
  }
}

/** KafkaBus on topics and groups of its own, with the hands that break it. */
export async function kafkaBusOnTrial(
  { brokers, hands, replicas, sessionTimeoutMs, prefix = `t${randomUUID().slice(0, 8)}.` }: BrokerUnderTest,
  { clock, log, failpoints, seed }: BusSurroundings,
): Promise<TestBus> {
  const openBus = async (cable: Cable): Promise<Bus> => {
    const settings = { brokers, clientId: `isu-${prefix}`, clock, log, failpoints, prefix, replicas, connect: cable.connect };
    const bus = await KafkaBus.open({ ...settings, pace: shortPace(sessionTimeoutMs) });
    return seed === null ? bus : turbulent(bus, seed);
  };
  let cable = new Cable();
  let bus = await openBus(cable);
  return {
    get bus() {
      return bus;
    },
    away: () => Promise.resolve(cable.cut()),
    back: () => Promise.resolve(cable.mend()),
    wipe: () => hands.forget(prefix),
    rewind: (consumer) => hands.rewind(prefix + consumer),
    async crash() {
      // Whoever hangs in a failpoint hangs for good; the group gives it up when its session ends.
      void bus.close();
      cable.cut();
      cable = new Cable();
      bus = await openBus(cable);
    },
    async close() {
      await bus.close();
      await hands.forget(prefix);
    },
  };
}

/** Delays up to 5 ms, short runs, and one run in ten delivered twice. */
function turbulent(bus: Bus, seed: number): Bus {
  const random = seededRandom(seed);
  const disturbed =
    (lane: Lane): Lane =>
    async (facts, signal) => {
      if (random() < 0.3) await pause(random() * 5);
      const progress = await lane(facts.slice(0, 1 + Math.floor(random() * facts.length)), signal);
      return random() < 0.1 ? { ...progress, done: 0 } : progress;
    };
  return {
    ensureTopics: (topics) => bus.ensureTopics(topics),
    publish: (batch) => bus.publish(batch),
    listen: (topics, hear) => bus.listen(topics, hear),
    health: () => bus.health(),
    close: () => bus.close(),
    subscribe: (to, lane) => bus.subscribe(to, disturbed(lane)),
  };
}
