import type { EntityManager } from 'typeorm';
import type { Batch } from '../batches/batch.table.js';
import type { StagedLine } from '../payments/money-line.js';
import type { OutcomeRuns } from './outcome.js';

/** What a flow does with its lines. Everything before and after — acceptance, chunks, receipt, completeness — is the same for all flows. */
export interface LinePlacer {
  /** Finds an outcome for each of these lines, and carries it out, all in this transaction. */
  place(tx: EntityManager, batch: Batch, lines: readonly StagedLine<object>[]): Promise<OutcomeRuns>;
  /** The whole batch has its outcomes. */
  finish?(tx: EntityManager, batch: Batch): Promise<void>;
}
