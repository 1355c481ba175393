import type { ServiceContext } from '@isu/chassis';
import type { Partners } from '../partners/partners.js';
import { refuse } from '../refusals.js';
import type { FlowKey } from '../flows/flow.table.js';
import { findOutgoingBatch, findOutgoingBatches, partsOf, type OutgoingBatch, type OutgoingKey } from './outgoing-batch.table.js';

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
  /** We were restored from an older backup: its content is gone for good, and what it told comes again in later batches. */
  readonly isLost: boolean;
}

/** What we sent, to be looked at and to be taken again. */
export class OutgoingService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db'>,
    private readonly partners: Partners,
  ) {}

  async list(key: FlowKey, { after, limit }: { after: number; limit: number }): Promise<{ items: ShownBatch[]; next: number | null }> {
    this.mustBeOurs(key);
    const found = await findOutgoingBatches(this.context.db.manager, key, { after, limit });
    return { items: found.map(shown), next: found.length < limit ? null : (found.at(-1)?.number ?? null) };
  }

  /** Its bytes, as they were signed. */
  async contentOf({
    partner,
    flow,
    number,
  }: FlowKey & { number: string }): Promise<{ batch: OutgoingBatch; bytes: AsyncIterable<Buffer> }> {
    this.mustBeOurs({ partner, flow });
    const batch = await findOutgoingBatch(this.context.db.manager, { partner, flow, number: numberOf(number) });
    if (!batch) throw refuse('unknown-batch');
    if (batch.isLost) throw refuse('batch-lost');
    return { batch, bytes: partsOf(this.context.db.manager, batch) };
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
  isLost,
}: OutgoingBatch): ShownBatch => ({
  ...{ partner, flow, number, businessDate, digest, count, total: total.toString() },
  ...{ acknowledgedAt, accepted, refused, lateSince: acknowledgedAt === null ? lateSince : null, isLost },
});
