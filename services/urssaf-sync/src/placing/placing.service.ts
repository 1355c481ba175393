import { draft, flowStream } from '@isu/contracts';
import { inSpan, Refusal, type ServiceContext } from '@isu/chassis';
import {
  dropStaged,
  findOutcomes,
  keepReceipt,
  lockBatch,
  saveOutcomes,
  takeStaged,
  type Batch,
  type BatchKey,
} from '../batches/batch.table.js';
import type { Failpoints } from '../failpoints.js';
import { closeGap, completedFrom, lockFlow, saveFlow } from '../flows/flow.table.js';
import { incomingFlows, type FlowAgreement } from '../flows/flow-catalogue.js';
import { recordExchange, type Exchange } from '../exchange-journal/exchange-journal.js';
import { receiptText } from '../receipts/receipt.js';
import { digestOfReceipt, keepHeads } from '../receipts/receipt-heads.js';
import type { LinePlacer } from './line-placer.js';

const firstChunk = 100;
const chunk = 1_000;

/** Finds an outcome for each line of the files that were accepted, chunk by chunk, each in a transaction of its own. */
export class PlacingService {
  private readonly underWay = new Map<string, Promise<string>>();
  private closing = false;

  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'way'>,
    private readonly placers: Readonly<Record<FlowAgreement['carries'], LinePlacer>>,
    private readonly failpoints: Failpoints,
  ) {}

  /** Finishes a batch, from wherever it stands, and gives its receipt. Asked twice at once, it is done once. */
  async finish(key: BatchKey): Promise<string> {
    const name = `${key.partner} ${key.flow} ${String(key.number)}`;
    const running = this.underWay.get(name);
    if (running) return running;
    const finishing = this.placeAll(key).finally(() => this.underWay.delete(name));
    this.underWay.set(name, finishing);
    return finishing;
  }

  /** Stops between two chunks: what is left is finished after the next start. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.allSettled(this.underWay.values());
  }

  private async placeAll(key: BatchKey): Promise<string> {
    // The first lines of a batch are seen at once, however long it is.
    if ((await this.placeChunk(key, firstChunk)) && (await this.placeChunk(key, chunk)))
      await this.context.way.give(() => this.placeRest(key));
    return this.complete(key);
  }

  /** A long batch: its partner waits for the receipt, and what its lines lead to can wait for that. */
  private async placeRest(key: BatchKey): Promise<void> {
    do if (this.closing) throw stopping();
    while (await this.placeChunk(key, chunk));
  }

  /** False when no line is left. */
  private async placeChunk(key: BatchKey, limit: number): Promise<boolean> {
    return this.context.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, key);
      if (batch.receipt !== null) return false;
      const lines = await takeStaged(tx, { intake: batch.intake, after: batch.placedThrough, limit });
      if (lines.length === 0) return false;

      const { correlation } = batch;
      const work = { service: 'urssaf-sync', name: 'place lines', attributes: { 'isu.lines': lines.length }, correlation };
      await inSpan(work, async () => {
        const outcomes = await this.placerOf(batch).place(tx, batch, lines);
        await saveOutcomes(tx, batch, outcomes.list);
        await this.failpoints.reach('placed-before-commit');
      });
      return true;
    });
  }

  /** What banks send bears no number and is in no agreement: it is money. */
  private placerOf({ flow }: Batch): LinePlacer {
    return this.placers[incomingFlows[flow]?.carries ?? 'money'];
  }

  /** All lines have their outcome: the receipt is written, and the flow says how far nothing is missing. */
  private async complete(key: BatchKey): Promise<string> {
    return this.context.db.transaction(async (tx) => {
      const flow = await lockFlow(tx, key);
      const batch = await lockBatch(tx, key);
      if (batch.receipt !== null) return batch.receipt;

      const runs = await findOutcomes(tx, key);
      const { partner, number, name, digest, count, total } = batch;
      const receipt = receiptText({ batch: { partner, flow: batch.flow, number, name }, digest, count, total: total.toString(), runs });
      await keepReceipt(tx, key, receipt);
      await recordExchange(tx, this.context.clock, receiptSigned(batch, receipt));
      await keepHeads(tx, receipt);
      await dropStaged(tx, batch.intake);
      await this.placerOf(batch).finish?.(tx, batch);

      const said = { stream: flowStream(partner, batch.flow), effectiveOn: batch.businessDate, correlation: batch.correlation };
      const toBeMatched = runs.filter(({ outcome }) => outcome === 'to-be-matched').reduce((sum, run) => sum + run.count, 0);
      const isNumbered = batch.flow in incomingFlows;
      const wasMissing = isNumbered && (await closeGap(tx, key, number));
      const completed = isNumbered ? await completedFrom(tx, flow) : null;
      const through = laterOf(flow.completedThrough, completed?.date ?? null);
      await saveFlow(tx, { ...flow, completedNumber: completed?.number ?? flow.completedNumber, completedThrough: through });
      await this.context.facts.publish(tx, [
        draft({
          ...said,
          type: 'urssaf-sync.batch-accepted.v1',
          data: { number, digest, count, total: total.toString(), businessDate: batch.businessDate, toBeMatched },
        }),
        ...(wasMissing ? [draft({ ...said, type: 'urssaf-sync.gap-closed.v1', data: { number } })] : []),
        ...(completed && through
          ? [draft({ ...said, type: 'urssaf-sync.completed-through.v1', data: { date: through, number: completed.number } })]
          : []),
      ]);
      await this.failpoints.reach('receipt-signed');
      return receipt;
    });
  }
}

/** A flow that was complete through a day is not said to be less complete later. */
const laterOf = (before: string | null, now: string | null): string | null => ((before ?? '') > (now ?? '') ? before : now);

const receiptSigned = ({ partner, flow, number, correlation }: Batch, receipt: string): Exchange => ({
  act: 'receipt-signed',
  ...{ partner, flow, number, digest: digestOfReceipt(receipt), outcome: 'accepted', correlation },
});

const stopping = (): Refusal =>
  new Refusal({
    code: 'unavailable',
    status: 503,
    title: 'Service momentanément indisponible',
    detail: 'Le lot est accepté ; ses lignes seront traitées dès le redémarrage. Le même envoi répété rendra son reçu.',
    headers: { 'retry-after': '5' },
  });
