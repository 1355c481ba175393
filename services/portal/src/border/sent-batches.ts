import type { HostContext } from '@isu/chassis';
import type { SentBatch, SentBatchesPage, SentBatchOpened, SentBatchPage } from '../face/border.js';
import { mapPart, type Parts } from '../questions/parts.js';
import type { Services, Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';
import { asking } from './asking.js';

interface FlowName {
  readonly partner: string;
  readonly flow: string;
}

const service = 'urssaf-sync';
const batchesAtATime = 20;

/** What we sent to partners, batch by batch and line by line, composed for the desk. */
export class SentBatches {
  constructor(
    private readonly parts: { readonly context: Pick<HostContext, 'clock'>; readonly services: Services; readonly parts: Parts },
  ) {}

  /** The latest first, from those before a number on. Numbers have no hole: the page is known by where it ends. */
  async list({ partner, flow }: FlowName, before: number | null, voice: Voice): Promise<SentBatchesPage> {
    const end = before ?? (await this.lastNumber({ partner, flow }, voice)) + 1;
    const after = Math.max(0, end - 1 - batchesAtATime);
    const path = `flows/${partner}/${flow}/batches?after=${String(after)}&limit=${String(Math.max(1, end - 1 - after))}`;
    const batches = await this.parts.parts.ofKnown<{ items: readonly SentBatch[] }>(service, path, voice);
    if (batches === null) throw refuse('not-found');
    const newestFirst = mapPart(batches, ({ items }) => ({ items: items.toReversed(), next: after > 0 ? after + 1 : null }));
    return { today: this.today, parts: { batches: newestFirst } };
  }

  async open({ partner, flow, number }: FlowName & { number: number }, after: number, voice: Voice): Promise<SentBatchPage> {
    const path = `flows/${partner}/${flow}/batches/${String(number)}/lines?after=${String(after)}&limit=100`;
    const sent = await this.parts.parts.ofKnown<SentBatchOpened>(service, path, voice);
    if (sent === null) throw refuse('not-found');
    return { today: this.today, parts: { sent } };
  }

  async sendAgain({ partner, flow, number }: FlowName & { number: number }, voice: Voice): Promise<void> {
    const path = `flows/${partner}/${flow}/batches/${String(number)}/sendings`;
    await asking(this.parts.services, { service, path, json: {} }, voice);
  }

  private async lastNumber({ partner, flow }: FlowName, voice: Voice): Promise<number> {
    const path = `flows/${partner}/${flow}`;
    const { lastNumber } = await asking<{ lastNumber: number | null }>(this.parts.services, { service, path }, voice);
    return lastNumber ?? 0;
  }

  private get today(): string {
    return this.parts.context.clock.today().iso;
  }
}
