import type { Reach, ServiceContext } from '@isu/chassis';
import { fundsOf } from '../anomalies/anomaly.table.js';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import type { Partners } from '../partners/partners.js';
import { refuse } from '../refusals.js';
import type { FlowKey } from '../flows/flow.table.js';
import { findOutgoingBatch, findOutgoingBatches, makeDue, partsOf, type OutgoingBatch, type OutgoingKey } from './outgoing-batch.table.js';
import { findSentLines, type SentLine } from './sent-line.table.js';

/** A batch of ours as lists show it: which one, and what the partner said of it. Its content is another question. */
export interface ShownBatch extends Omit<OutgoingKey, never> {
  readonly businessDate: string;
  readonly digest: string;
  readonly count: number;
  readonly total: string;
  readonly acknowledgedAt: Date | null;
  /** Lines that the partner took, and that it refused; null until it says so. */
  readonly accepted: number | null;
  readonly refused: number | null;
  /** The day on which it should have acknowledged it; null while it has time, or did. */
  readonly lateSince: string | null;
  /** What the partner said last when it was no receipt, in a code; null when it said nothing, or its receipt. */
  readonly lastProblem: string | null;
  /** We were restored from an older backup: its content is gone for good, and what it told comes again in later batches. */
  readonly isLost: boolean;
}

/** As an address names it: the number may be no number. */
type NamedBatch = FlowKey & { readonly number: string };

/** What we sent, to be looked at and to be taken again. */
export class OutgoingService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'clock'>,
    private readonly partners: Partners,
  ) {}

  async list(key: FlowKey, { after, limit }: { after: number; limit: number }): Promise<{ items: ShownBatch[]; next: number | null }> {
    this.mustBeOurs(key);
    const found = await findOutgoingBatches(this.context.db.manager, key, { after, limit });
    return { items: found.map(shown), next: found.length < limit ? null : (found.at(-1)?.number ?? null) };
  }

  /** Its bytes, as they were signed. */
  async contentOf(key: NamedBatch): Promise<{ batch: OutgoingBatch; bytes: AsyncIterable<Buffer> }> {
    const batch = await this.find(key);
    if (batch.isLost) throw refuse('batch-lost');
    return { batch, bytes: partsOf(this.context.db.manager, batch) };
  }

  /** A batch and its lines, of the accounts within reach, after one of them. */
  async linesOf(
    key: NamedBatch,
    { reach, after, limit }: { reach: Reach; after: number; limit: number },
  ): Promise<{ batch: ShownBatch; items: SentLine[]; next: number | null }> {
    const { db, clock } = this.context;
    const batch = await this.find(key);
    const question = { today: clock.today().iso, funds: fundsOf(reach), after, limit: limit + 1 };
    const found = await findSentLines(db.manager, batch, question);
    const items = found.slice(0, limit);
    return { batch: shown(batch), items, next: found.length > limit ? (items.at(-1)?.line ?? null) : null };
  }

  /** Sends a batch again now, by whichever road it goes. Refused once the partner has acknowledged it. */
  async sendAgain(key: NamedBatch, correlation: string): Promise<ShownBatch> {
    const { db, clock } = this.context;
    const batch = await this.find(key);
    if (batch.isLost) throw refuse('batch-lost');
    const { partner, flow, number, digest } = batch;
    await db.transaction(async (tx) => {
      if (!(await makeDue(tx, batch))) throw refuse('batch-acknowledged');
      await recordExchange(tx, clock, { act: 'batch-sent', partner, flow, number, digest, outcome: 'asked-again', correlation });
    });
    return shown(batch);
  }

  private async find({ partner, flow, number }: NamedBatch): Promise<OutgoingBatch> {
    this.mustBeOurs({ partner, flow });
    const batch = await findOutgoingBatch(this.context.db.manager, { partner, flow, number: numberOf(number) });
    if (!batch) throw refuse('unknown-batch');
    return batch;
  }

  /** Refuses what we send to nobody. */
  mustBeOurs({ partner, flow }: FlowKey): void {
    if (!this.partners.outgoing(partner, flow)) throw refuse('unknown-flow');
  }
}

export function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw refuse('unknown-batch');
  return Number(text);
}

const shown = ({
  partner,
  flow,
  number,
  businessDate,
  digest,
  count,
  total,
  acknowledgedAt,
  accepted,
  refused,
  lateSince,
  lastProblem,
  isLost,
}: OutgoingBatch): ShownBatch => ({
  ...{ partner, flow, number, businessDate, digest, count, total: total.toString() },
  ...{ acknowledgedAt, accepted, refused, lateSince: acknowledgedAt === null ? lateSince : null, lastProblem, isLost },
});
