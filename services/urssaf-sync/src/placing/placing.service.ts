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
import { together } from '@isu/messaging';
import type { Failpoints } from '../failpoints.js';
import { completeFurther } from '../flows/completion.js';
import { closeGap, lockFlow } from '../flows/flow.table.js';
import { incomingFlows, type FlowAgreement } from '../flows/flow-catalogue.js';
import { recordExchange, type Exchange } from '../exchange-journal/exchange-journal.js';
import { receiptText } from '../receipts/receipt.js';
import { digestOfReceipt, keepHeads } from '../receipts/receipt-heads.js';
import type { LinePlacer } from './line-placer.js';

const firstChunk = 100;
const chunk = 2_500;

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

  /** False when no line is left after these. */
  private async placeChunk(key: BatchKey, limit: number): Promise<boolean> {
    return this.context.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, key);
      if (batch.receipt !== null) return false;
      const { lines, areMoreLeft } = await takeStaged(tx, { intake: batch.intake, after: batch.placedThrough, limit });
      if (lines.length === 0) return false;

      const { correlation } = batch;
      const work = { service: 'urssaf-sync', name: 'place lines', attributes: { 'isu.lines': lines.length }, correlation };
      await inSpan(work, async () => {
        const outcomes = await this.placerOf(batch).place(tx, batch, lines);
        await saveOutcomes(tx, batch, outcomes.list);
        await this.failpoints.reach('placed-before-commit');
      });
      return areMoreLeft;
    });
  }

  /** What banks send bears no number and is in no agreement: it is money. */
  private placerOf({ flow }: Batch): LinePlacer {
    return this.placers[incomingFlows[flow]?.carries ?? 'money'];
  }

  /** All lines have their outcome: the receipt is written, and the flow says how far nothing is missing. */
  private async complete(key: BatchKey): Promise<string> {
    return this.context.db.transaction(async (tx) => {
      const [flow, batch, runs] = await together(lockFlow(tx, key), lockBatch(tx, key), findOutcomes(tx, key));
      if (batch.receipt !== null) return batch.receipt;

      const { partner, number, name, digest, count, total } = batch;
      const receipt = receiptText({ batch: { partner, flow: batch.flow, number, name }, digest, count, total: total.toString(), runs });
      const isNumbered = batch.flow in incomingFlows;
      const said = { effectiveOn: batch.businessDate, correlation: batch.correlation };
      const [, , , , wasMissing, completed] = await together(
        keepReceipt(tx, key, receipt),
        recordExchange(tx, this.context.clock, receiptSigned(batch, receipt)),
        keepHeads(tx, receipt),
        dropStaged(tx, batch.intake),
        isNumbered ? closeGap(tx, key, { from: number, to: number }) : Promise.resolve(false),
        isNumbered ? completeFurther(tx, flow, said) : Promise.resolve([]),
      );
      await this.placerOf(batch).finish?.(tx, batch);

      const onFlow = { ...said, stream: flowStream(partner, batch.flow) };
      const toBeMatched = runs.filter(({ outcome }) => outcome === 'to-be-matched').reduce((sum, run) => sum + run.count, 0);
      await this.context.facts.publish(tx, [
        draft({
          ...onFlow,
          type: 'urssaf-sync.batch-accepted.v1',
          data: { number, digest, count, total: total.toString(), businessDate: batch.businessDate, toBeMatched },
        }),
        ...(wasMissing ? [draft({ ...onFlow, type: 'urssaf-sync.gap-closed.v1', data: { number } })] : []),
        ...completed,
      ]);
      await this.failpoints.reach('receipt-signed');
      return receipt;
    });
  }
}

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
