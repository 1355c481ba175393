import type { Figure, Section } from '../section.js';
import { EmbeddedProcess, withTemporaryFolder } from './embedded-process.js';
import { familyMb, residentMb } from './memory.js';

/** `npm start` on a new folder with its fifty people, then again on the same folder. */
export const starting: Section = {
  name: 'start',
  title: 'Start of the embedded system, to ready',
  measure: ({ tell }) =>
    withTemporaryFolder(async (folder) => {
      tell('first start: database made, fifty people live several years');
      const first = await EmbeddedProcess.start({ folder, demo: 'on' });
      await first.stop();
      tell('second start, on the same folder');
      const second = await EmbeddedProcess.start({ folder, demo: 'on' });
      const memory = { node: residentMb(second.pid), postgres: familyMb(second.postmaster.pid) };
      await second.stop();
      return figures(first.readyAfterMs, second.readyAfterMs, memory);
    }),
};

const figures = (firstMs: number, secondMs: number, memory: { node: number; postgres: number }): Figure[] => [
  { name: 'first start', value: firstMs / 1_000, unit: 's', limit: { at: 'most', value: 20 }, note: 'with the history of fifty people' },
  { name: 'next start', value: secondMs / 1_000, unit: 's', limit: { at: 'most', value: 20 } },
  { name: 'resident memory, Node', value: memory.node, unit: 'MB', note: 'four services, bus, issuer, one process, just started' },
  { name: 'memory, PostgreSQL', value: memory.postgres, unit: 'MB', note: 'shared pages counted once' },
];
