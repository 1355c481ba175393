import { createHash } from 'node:crypto';
import { draft, flowStream, lineOf, toldAmountOf, type BatchHeader, type OutgoingRecord } from '@isu/contracts';
import type { ServiceContext } from '@isu/chassis';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import type { FlowKey } from '../flows/flow.table.js';
import type { ReceiptSigner } from '../receipts/receipt.js';
import {
  insertOutgoingBatch,
  insertPart,
  lockOutgoingFlow,
  saveOutgoingFlow,
  type OutgoingBatch,
  type OutgoingKey,
} from './outgoing-batch.table.js';
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
  async write(tx: EntityManager, key: FlowKey, { day, correlation }: { day: string; correlation: string }): Promise<Written> {
    const flow = await lockOutgoingFlow(tx, key);
    const told = flow.toldThrough ?? '';
    if (day < told || (day === told && !(await hasWaiting(tx, key, day)))) return nothing;

    const batch = { ...key, number: flow.lastNumber + 1 };
    const count = await placeWaiting(tx, batch, { knownThrough: day, most: this.mostLines });
    const header = { ...batch, businessDate: day, previousDigest: flow.lastDigest, createdAt: this.parts.context.clock.recordedAt() };
    const digest = await this.keepText(tx, header, { count, correlation });
    const more = count === this.mostLines && (await hasWaiting(tx, key, day));
    await saveOutgoingFlow(tx, { ...flow, lastNumber: batch.number, lastDigest: digest, toldThrough: more ? flow.toldThrough : day });
    return { number: batch.number, lines: count, more };
  }

  /** Line by line to the database: a batch of any length is written in the memory of a part. */
  private async keepText(
    tx: EntityManager,
    header: OutgoingKey & Omit<BatchHeader, 'type' | 'format'>,
    { count, correlation }: { count: number; correlation: string },
  ): Promise<string> {
    const { partner, flow, number, businessDate, previousDigest, createdAt } = header;
    const body = new Body((rank, content) => insertPart(tx, header, { rank, content }));
    await body.add([lineOf({ type: 'header', format: 'isu-batch/1', partner, flow, number, businessDate, previousDigest, createdAt })]);
    for (let from = 2; from <= count + 1; from += linesInAPart) {
      const lines = await findLines(tx, header, { from, to: Math.min(from + linesInAPart - 1, count + 1) });
      await body.tell(lines.map(({ fact, told }) => recordOf(fact, told)));
    }
    if (body.count !== count) throw new Error('A fact that was placed in a batch is in the store.');
    const [digest, total] = [body.digest, body.total];
    const trailer = lineOf({ type: 'trailer', count, controlTotal: total.toString(), digest });
    await body.add([trailer]);
    const said = { partner, flow, number, businessDate, digest, count, total, correlation };
    await insertOutgoingBatch(tx, { ...said, previousDigest, signature: this.parts.signer.sign(trailer) }, createdAt);
    await this.say(tx, said);
    return digest;
  }

  private async say(
    tx: EntityManager,
    { partner, flow, number, businessDate, digest, count, total, correlation }: Pick<OutgoingBatch, keyof OutgoingKey | Said>,
  ): Promise<void> {
    const { facts, clock } = this.parts.context;
    await recordExchange(tx, clock, { act: 'batch-sent', partner, flow, number, digest, outcome: 'offered', correlation });
    await facts.publish(tx, [
      draft({
        ...{ stream: flowStream(partner, flow), type: 'urssaf-sync.batch-sent.v1', effectiveOn: businessDate, correlation },
        data: { number, digest, count, total: total.toString(), businessDate },
      }),
    ]);
  }
}

type Said = 'businessDate' | 'digest' | 'count' | 'total' | 'correlation';

/** The bytes of a batch while they are written: kept in parts, counted, summed, digested. */
class Body {
  count = 0;
  total = Money.zero;
  private rank = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly keep: (rank: number, content: string) => Promise<void>) {}

  async tell(records: readonly OutgoingRecord[]): Promise<void> {
    this.count += records.length;
    this.total = Money.sum([this.total, ...records.map(toldAmountOf)]);
    await this.add(records.map(lineOf));
  }

  async add(lines: readonly string[]): Promise<void> {
    const content = lines.join('');
    this.hash.update(content);
    this.rank += 1;
    await this.keep(this.rank, content);
  }

  /** Of all that was added so far. */
  get digest(): string {
    return this.hash.copy().digest('hex');
  }
}
