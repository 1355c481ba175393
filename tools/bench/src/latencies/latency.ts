import { affiliateTraders } from '@isu/distributed';
import { memoryFigures, serverFigure } from '../limits/beside.js';
import type { Section } from '../section.js';
import { withEmptySystem } from '../systems/embedded-process.js';
import { MeasuringUrssaf } from '../systems/payments.js';
import { climb, climbFigures } from './rounds.js';

const people = { whole: 600, quick: 40 };

/** One payment, from the moment its batch is due to be sent, to its standing in the three services that show accounts. */
export const latency: Section = {
  name: 'latency',
  title: 'One payment, from batch sent to visible in all three views: embedded',
  measure: ({ tell, quick }) =>
    withEmptySystem(
      async (system) => {
        const accounts = quick ? people.quick : people.whole;
        tell(`affiliating ${String(accounts)} people`);
        const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, accounts));
        const rounds = await climb({ system, urssaf, quick, tell });
        const memory = system.memoryMb;
        tell('pgbench on the same server');
        return [...climbFigures(rounds, { leastRate: 300 }), ...memoryFigures(memory), ...(await serverFigure(system))];
      },
      { keepsCommitTimes: true },
    ),
};
