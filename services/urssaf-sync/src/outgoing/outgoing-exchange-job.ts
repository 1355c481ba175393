import { daily, type Figures, type Job } from '@isu/chassis';
import { isOfCalendar } from '../flows/flow-catalogue.js';
import type { FlowKey } from '../flows/flow.table.js';
import type { Partners } from '../partners/partners.js';
import type { BatchWriter, Standing } from './batch-writer.js';

/** On most days most batches are empty, or nearly: those of so few lines are written in one step. */
const linesInAStep = 1_000;

/** Every evening: for each flow of ours whose calendar has that day its batch, empty if nothing happened. A missed day is a batch of its own. */
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
    while (standing.left.length > 0) {
      const before = standing;
      const evening = { day: turn.date.iso, correlation: turn.correlation, most: linesInAStep };
      await turn.step(async (tx) => {
        standing = await writer.writeNext(tx, before, evening);
        return { checkpoint: { ...standing }, done: standing.lines };
      });
    }
    return { lots: standing.batches, lignes: standing.lines };
  },
});
