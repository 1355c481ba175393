import { createHash } from 'node:crypto';
import { draft, flowStream, lineOf, toldAmountOf, type BatchHeader, type FactDraft, type OutgoingRecord } from '@isu/contracts';
import type { ServiceContext } from '@isu/chassis';
import { together } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import type { FlowKey } from '../flows/flow.table.js';
import type { ReceiptSigner } from '../receipts/receipt.js';
import { insertOutgoingBatch, insertPart, lockOutgoingFlow, saveOutgoingFlow, type OutgoingKey } from './outgoing-batch.table.js';
import { findLines, hasWaiting, placeWaiting } from './outgoing-line.table.js';
import { recordOf } from './telling.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'facts' | 'clock'>;
  readonly signer: Pick<ReceiptSigner, 'sign'>;
  /** How many lines a batch holds at most; what is more goes into the next one of the same day. */
  readonly mostLines?: number;
}

/** What writing a flow's day came to. */
export interface Written {
  /** Null when nothing was to be written. */
  readonly number: number | null;
  readonly lines: number;
  /** Whether lines of that day wait for one more batch. */
  readonly more: boolean;
}

/** Which flows are still to be written, and what was. */
export interface Standing {
  readonly left: readonly FlowKey[];
  readonly batches: number;
  readonly lines: number;
}

interface Evening {
  readonly day: string;
  readonly correlation: string;
}

const linesInAPart = 1_000;
const nothing: Written = { number: null, lines: 0, more: false };

/** Writes the batches that we send: numbered without hole, chained, signed, kept byte for byte. */
export class BatchWriter {
  private readonly mostLines: number;

  constructor(private readonly parts: Parts) {
    this.mostLines = parts.mostLines ?? 50_000;
  }

  /**
   * The next batch of a flow, of all that was known by that day: an empty one is a word too. A day that is told already gets another batch
   * only for what came since. One transaction: a process that dies has used no number.
   */
  async write(tx: EntityManager, key: FlowKey, evening: Evening): Promise<Written> {
    const { written, said } = await this.lay(tx, key, evening);
    await this.parts.context.facts.publish(tx, said);
    return written;
  }

  /**
   * Flow after flow, until so many lines are written. What is said of them is said together: most batches of most days are empty, and the words
   * about one would cost more than the batch.
   */
  async writeNext(tx: EntityManager, before: Standing, evening: Evening & { readonly most: number }): Promise<Standing> {
    let now = before;
    const all: FactDraft[] = [];
    for (let [flow] = now.left; flow && now.lines - before.lines < evening.most; [flow] = now.left) {
      const { written, said } = await this.lay(tx, flow, evening);
      all.push(...said);
      now = {
        left: written.more ? now.left : now.left.slice(1),
        batches: now.batches + (written.number === null ? 0 : 1),
        lines: now.lines + written.lines,
      };
    }
    await this.parts.context.facts.publish(tx, all);
    return now;
  }

  /** The batch in its place, and what is to be said of it. */
  private async lay(tx: EntityManager, key: FlowKey, { day, correlation }: Evening): Promise<{ written: Written; said: FactDraft[] }> {
    const flow = await lockOutgoingFlow(tx, key);
    const told = flow.toldThrough ?? '';
    if (day < told || (day === told && !(await hasWaiting(tx, key, day)))) return { written: nothing, said: [] };

    const batch = { ...key, number: flow.lastNumber + 1 };
    const count = await placeWaiting(tx, batch, { knownThrough: day, most: this.mostLines });
    const header = { ...batch, businessDate: day, previousDigest: flow.lastDigest, createdAt: this.parts.context.clock.recordedAt() };
    const { digest, total } = await this.keepText(tx, header, { count, correlation });
    const more = count === this.mostLines && (await hasWaiting(tx, key, day));
    const after = { ...flow, lastNumber: batch.number, lastDigest: digest, toldThrough: more ? flow.toldThrough : day };
    const { partner, flow: name, number } = batch;
    const exchange = { act: 'batch-sent' as const, partner, flow: name, number, digest, outcome: 'offered', correlation };
    // One word to the database for both.
    await together(saveOutgoingFlow(tx, after), recordExchange(tx, this.parts.context.clock, exchange));
    const said = draft({
      ...{ stream: flowStream(partner, name), type: 'urssaf-sync.batch-sent.v1', effectiveOn: day, correlation },
      data: { number, digest, count, total: total.toString(), businessDate: day },
    });
    return { written: { number, lines: count, more }, said: [said] };
  }

  /** Line by line to the database: a batch of any length is written in the memory of a part. */
  private async keepText(
    tx: EntityManager,
    header: OutgoingKey & Omit<BatchHeader, 'type' | 'format'>,
    { count, correlation }: { count: number; correlation: string },
  ): Promise<{ digest: string; total: Money }> {
    const { partner, flow, number, businessDate, previousDigest, createdAt } = header;
    const body = new Body((rank, content) => insertPart(tx, header, { rank, content }));
    body.add([lineOf({ type: 'header', format: 'isu-batch/1', partner, flow, number, businessDate, previousDigest, createdAt })]);
    for (let from = 2; from <= count + 1; from += linesInAPart) {
      const lines = await findLines(tx, header, { from, to: Math.min(from + linesInAPart - 1, count + 1) });
      body.tell(lines.map(({ fact, told }) => recordOf(fact, told)));
      await body.keepPart();
    }
    if (body.count !== count) throw new Error('A fact that was placed in a batch is in the store.');
    const [digest, total] = [body.digest, body.total];
    const trailer = lineOf({ type: 'trailer', count, controlTotal: total.toString(), digest });
    body.add([trailer]);
    const said = { partner, flow, number, businessDate, digest, count, total, correlation };
    const signed = { ...said, previousDigest, signature: this.parts.signer.sign(trailer) };
    await together(body.keepPart(), insertOutgoingBatch(tx, signed, createdAt));
    return { digest, total };
  }
}

/** The bytes of a batch while they are written: kept in parts, counted, summed, digested. */
class Body {
  count = 0;
  total = Money.zero;
  private rank = 0;
  private part = '';
  private readonly hash = createHash('sha256');

  constructor(private readonly keep: (rank: number, content: string) => Promise<void>) {}

  tell(records: readonly OutgoingRecord[]): void {
    this.count += records.length;
    this.total = Money.sum([this.total, ...records.map(toldAmountOf)]);
    this.add(records.map(lineOf));
  }

  add(lines: readonly string[]): void {
    const content = lines.join('');
    this.hash.update(content);
    this.part += content;
  }

  /** What was added since the last part is the next one. */
  async keepPart(): Promise<void> {
    this.rank += 1;
    const content = this.part;
    this.part = '';
    await this.keep(this.rank, content);
  }

  /** Of all that was added so far. */
  get digest(): string {
    return this.hash.copy().digest('hex');
  }
}
