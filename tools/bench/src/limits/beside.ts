import { producerPerformance } from '@isu/kafka';
import { KafkaBus } from '@isu/messaging';
import { FakeClock, silentLogger } from '@isu/testing';
import type { Figure } from '../section.js';
import type { MeasuredSystem, Shares } from '../systems/measured-system.js';
import { pgbenchPerSecond } from './server-limits.js';

const topic = 'isu.limit';
/** A fact with its envelope. */
const factBytes = 700;

/** What the server does at most in its own bank, where pgbench is installed. */
export async function serverFigure(system: MeasuredSystem): Promise<Figure[]> {
  const perSecond = await pgbenchPerSecond((database) => system.databaseUrl(database));
  return perSecond === null
    ? []
    : [{ name: 'pgbench, its own bank', value: perSecond, unit: '/s', note: '8 clients: one posting a transaction' }];
}

/** What Kafka's own producer does on the same broker, into as many partitions as a topic of ours has. */
export async function brokerFigures(brokers: readonly string[], quick: boolean): Promise<Figure[]> {
  const bus = await KafkaBus.open({ brokers, clientId: 'isu-bench', clock: new FakeClock('2016-05-20'), log: silentLogger });
  await bus.ensureTopics([{ topic, partitions: 12 }]);
  await bus.close();
  const load = { brokers, topic, bytes: factBytes };
  const most = await producerPerformance({ ...load, records: quick ? 10_000 : 300_000 });
  const paced = await producerPerformance({ ...load, records: quick ? 1_000 : 5_000, perSecond: 1_000 });
  return [
    {
      name: 'Kafka’s own producer',
      value: most.perSecond,
      unit: '/s',
      note: `records of ${String(factBytes)} bytes, acks=all, as fast as it can`,
    },
    { name: 'Kafka’s own producer at 1,000/s, p50', value: paced.p50Ms, unit: 'ms', note: 'sent to acknowledged' },
    { name: 'Kafka’s own producer at 1,000/s, p99', value: paced.p99Ms, unit: 'ms' },
  ];
}

/** Resident memory, of all processes together. */
export const memoryFigures = ({ node, postgres, broker }: Shares, of = ''): Figure[] => [
  { name: `${of}memory, Node`, value: node, unit: 'MB', note: 'after the rounds, all processes together' },
  { name: `${of}memory, PostgreSQL`, value: postgres, unit: 'MB', note: 'shared pages counted once' },
  ...(broker > 0 ? [{ name: `${of}memory, Kafka`, value: broker, unit: 'MB', note: '256 MB of heap' }] : []),
];
