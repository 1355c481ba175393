import { affiliateTraders } from '@isu/distributed';
import { brokerFigures, memoryFigures, serverFigure } from '../limits/beside.js';
import type { Figure, Section } from '../section.js';
import { withKafkaProcesses } from '../systems/kafka-processes.js';
import { MeasuringUrssaf } from '../systems/payments.js';
import { climb, climbFigures } from './rounds.js';

const sizes = { whole: { people: 600, instances: [1, 2, 4] }, quick: { people: 40, instances: [1, 2] } };

/** The same on Kafka, each service as one, two and four processes. The most first: the others are stopped, none has to be started. */
export const latencyOnKafka: Section = {
  name: 'kafka',
  title: 'One payment, from batch sent to visible in all three views: each service as 1, 2, 4 processes on Kafka',
  measure: ({ tell, quick }) => {
    const { people, instances } = quick ? sizes.quick : sizes.whole;
    const most = Math.max(...instances);
    tell(`starting ${String(most)} instances of each service, a broker and a server`);
    return withKafkaProcesses(most, async (system) => {
      tell(`affiliating ${String(people)} people`);
      const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, people));
      const figures: Figure[] = [];
      for (const count of [...instances].reverse()) {
        await system.keep(count);
        const of = count === 1 ? '1 instance, ' : `${String(count)} instances, `;
        const rounds = await climb({ system, urssaf, quick, tell: (text) => tell(of + text) });
        figures.unshift(...climbFigures(rounds, { of }), ...memoryFigures(system.memoryMb, of));
      }
      tell('Kafka’s own producer on the same broker, pgbench on the same server');
      return [...figures, ...(await brokerFigures(system.brokers, quick)), ...(await serverFigure(system))];
    });
  },
};
