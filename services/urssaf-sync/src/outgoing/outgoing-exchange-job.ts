import { daily, type Figures, type Job } from '@isu/chassis';
import { isOfCalendar } from '../flows/flow-catalogue.js';
import type { FlowKey } from '../flows/flow.table.js';
import type { Partners } from '../partners/partners.js';
import type { BatchWriter } from './batch-writer.js';

/** Which flows are still to be written, and what was. */
interface Standing {
  readonly left: readonly FlowKey[];
  readonly batches: number;
  readonly lines: number;
}

/** Every evening: for each flow of ours whose calendar has that day its batch, empty if nothing happened. A batch a step, and a missed day is a batch of its own. */
export const outgoingExchangeJob = (writer: BatchWriter, partners: Partners): Job => ({
  name: 'partner-exchange-out',
  title: 'Échanges sortants : les lots du jour pour les partenaires',
  calendar: daily,
  onceOver: true,
  run: async (turn): Promise<Figures> => {
    const isDue = ({ partner, flow }: FlowKey) => {
      const agreement = partners.outgoing(partner, flow);
      return agreement !== undefined && isOfCalendar(agreement, turn.date.iso);
    };
    let standing = (turn.checkpoint as Standing | null) ?? { left: partners.outgoingFlows.filter(isDue), batches: 0, lines: 0 };
    for (let [key] = standing.left; key; [key] = standing.left) {
      const flow = key;
      await turn.step(async (tx) => {
        const { number, lines, more } = await writer.write(tx, flow, { day: turn.date.iso, correlation: turn.correlation });
        standing = {
          left: more ? standing.left : standing.left.slice(1),
          batches: standing.batches + (number === null ? 0 : 1),
          lines: standing.lines + lines,
        };
        return { checkpoint: { ...standing }, done: standing.lines };
      });
    }
    return { lots: standing.batches, lignes: standing.lines };
  },
});
