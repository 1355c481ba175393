import type { Reach, ServiceContext } from '@isu/chassis';
import { fundsOf } from '../anomalies/anomaly.table.js';
import { refuse } from '../refusals.js';
import { findBatch } from './batch.table.js';
import { findReceivedLines, type ReceivedLine } from './received-line.table.js';

export interface ReceivedLines {
  /** The business day that the partner wrote on the batch. */
  readonly businessDate: string;
  readonly items: readonly ReceivedLine[];
  readonly next: number | null;
}

interface Page {
  readonly reach: Reach;
  readonly after: number;
  readonly limit: number;
}

/** What partners sent, to be looked at line by line. */
export class ReceivedLinesService {
  constructor(private readonly context: Pick<ServiceContext, 'db' | 'clock'>) {}

  /** The lines of a batch that are kept, of the accounts within reach, after one of them. */
  async of(
    { partner, flow, number }: { readonly partner: string; readonly flow: string; readonly number: string },
    { reach, after, limit }: Page,
  ): Promise<ReceivedLines> {
    const { db, clock } = this.context;
    const batch = /^[1-9]\d{0,8}$/.test(number) ? await findBatch(db.manager, { partner, flow, number: Number(number) }) : undefined;
    if (!batch) throw refuse('unknown-batch');
    const question = { today: clock.today().iso, funds: fundsOf(reach), after, limit: limit + 1 };
    const found = await findReceivedLines(db.manager, batch, question);
    const items = found.slice(0, limit);
    return { businessDate: batch.businessDate, items, next: found.length > limit ? (items.at(-1)?.line ?? null) : null };
  }
}
