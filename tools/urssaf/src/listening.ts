import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson, signedPartOf, writeBatch } from '@isu/contracts';
import { deliverBatch, SaidNo, SystemUnreachable, urssaf as ourselves, type SystemClient } from '@isu/isu';
import { Money } from '@isu/values';
import { readReceived, type ReceivedBatch } from './received-batch.js';
import type { KeptBalances, LineTaken, ToldBooks } from './told-books.js';

interface Parts {
  readonly books: ToldBooks;
  readonly client: SystemClient;
  readonly key: KeyObject;
  readonly receiptKey: KeyObject;
}

/** A flow as the other side lists it. */
export interface ListedFlow {
  readonly flow: string;
  readonly direction: 'in' | 'out';
  readonly lastNumber: number | null;
  /** Its batches without our receipt. */
  readonly unacknowledged: readonly { readonly from: number; readonly to: number }[];
}

interface LostBatch {
  readonly number: number;
  readonly businessDate: string;
  readonly digest: string;
}

const address = '/api/urssaf-sync/v1/flows/urssaf';

/** What the other side tells us: taken from it, checked, entered in our books, acknowledged; and the balances that come out of them. */
export class Listening {
  constructor(private readonly parts: Parts) {}

  /** Takes batches that our books lack, each flow's in its order, and gives receipts, those too that may not have arrived. True when more wait. */
  async listen(flows: readonly ListedFlow[], { acknowledges, most = 1_000 }: { acknowledges: boolean; most?: number }): Promise<boolean> {
    const told = await this.parts.books.told();
    let left = most;
    for (const { flow, direction, lastNumber, unacknowledged } of flows) {
      if (direction !== 'out') continue;
      const ours = told.filter((batch) => batch.flow === flow);
      const isAwaited = ({ number }: { number: number }) => unacknowledged.some(({ from, to }) => from <= number && number <= to);
      if (acknowledges) for (const batch of ours.filter(isAwaited)) await this.acknowledge(batch);
      let before: { number: number; digest: string | null } = ours.at(-1) ?? { number: 0, digest: null };
      for (let number = before.number + 1; number <= (lastNumber ?? 0); number += 1) {
        if (left === 0) return true;
        left -= 1;
        const taken = await this.take({ flow, number, previousDigest: before.digest });
        if (taken === null) break;
        before = { number, digest: taken.digest };
        if (acknowledges && taken.receipt !== null) await this.acknowledge({ flow, number, receipt: taken.receipt });
      }
    }
    return false;
  }

  /** The balances of an evening, as a batch of the flow of that name: written, kept, sent. */
  async writeBalances(businessDate: string, theirLast: number | null): Promise<KeptBalances> {
    const { books } = this.parts;
    const [last] = (await books.balancesBatches()).slice(-1);
    const number = Math.max(last?.number ?? 0, theirLast ?? 0) + 1;
    const previousDigest = number === 1 ? null : last?.number === number - 1 ? last.digest : await this.digestOf(number - 1);
    const records = await books.balances(businessDate);
    const header = {
      partner: 'urssaf',
      flow: 'balances',
      number,
      businessDate,
      previousDigest,
      createdAt: `${businessDate}T22:00:00.000Z`,
    };
    const { text, digest } = writeBatch(header, records);
    await books.keepBalances({ number, businessDate, digest, content: text });
    await this.sendBalances();
    const kept = (await books.balancesBatches()).find((batch) => batch.number === number);
    if (!kept) throw new Error('A batch once written is in the books.');
    return kept;
  }

  /** What has no receipt yet. */
  async sendBalances(): Promise<void> {
    const { books, client, key } = this.parts;
    for (const { number, content, state } of await books.balancesBatches()) {
      if (state !== 'ready') continue;
      const signature = sign(null, Buffer.from(signedPartOf({ text: content })), key).toString('base64');
      try {
        const { text } = await deliverBatch(client, { content, signature }, { partner: 'urssaf', flow: 'balances' });
        await books.markBalances(number, { state: 'acknowledged', receipt: text });
      } catch (fault) {
        if (fault instanceof SystemUnreachable) return;
        if (!(fault instanceof SaidNo)) throw fault;
        await books.markBalances(number, {
          state: fault.status >= 500 ? 'ready' : 'refused',
          problem: fault.problem.code ?? String(fault.status),
        });
      }
    }
  }

  private async digestOf(number: number): Promise<string> {
    const receipt = `${address}/balances/batches/${String(number)}/receipt`;
    return (await this.parts.client.get<{ digest: string }>(receipt, ourselves)).body.digest;
  }

  private async take(batch: {
    flow: string;
    number: number;
    previousDigest: string | null;
  }): Promise<{ digest: string; receipt: string | null } | null> {
    const { client, books, receiptKey } = this.parts;
    const path = `${address}/${batch.flow}/batches`;
    const taken = await client.get(`${path}/${String(batch.number)}`, ourselves).catch((fault: unknown) => {
      if (fault instanceof SaidNo && fault.problem.code === 'batch-lost') return null;
      throw fault;
    });
    if (taken === null) return this.passOver(batch);
    const { text, headers } = taken;
    const read = readReceived(text, headers.get('isu-signature') ?? '', { ...batch, key: receiptKey });
    if (typeof read === 'string') {
      process.stderr.write(`${batch.flow} ${String(batch.number)} : ${read}\n`);
      return null;
    }
    return { digest: read.digest, receipt: await books.take(read, (taken) => receiptText(read, taken)) };
  }

  /** They were restored from a backup, and have lost it: what it told comes again. The list gives the digest that the next one names. */
  private async passOver({ flow, number }: { flow: string; number: number }): Promise<{ digest: string; receipt: null } | null> {
    const { client, books } = this.parts;
    const { body } = await client.get<{ items: LostBatch[] }>(`${address}/${flow}/batches?after=${String(number - 1)}&limit=1`, ourselves);
    const [lost] = body.items;
    if (lost?.number !== number) return null;
    await books.passOver(flow, lost);
    return { digest: lost.digest, receipt: null };
  }

  private async acknowledge({ flow, number, receipt }: { flow: string; number: number; receipt: string }): Promise<void> {
    await this.parts.client.ask('POST', `${address}/${flow}/batches/${String(number)}/acknowledgement`, {
      as: ourselves,
      content: receipt,
      headers: {
        'content-type': 'application/vnd.isu.receipt+json',
        'isu-signature': sign(null, Buffer.from(receipt), this.parts.key).toString('base64'),
      },
    });
  }
}

/** Our receipt: the same document as theirs, in runs of consecutive lines with one outcome. */
export function receiptText({ header, records, digest, total }: ReceivedBatch, taken: readonly LineTaken[]): string {
  const { partner, flow, number } = header;
  const lines: { from: number; to: number; outcome: string; reason?: string; count: number; total: string }[] = [];
  taken.forEach(({ total: euros, ...said }, at) => {
    const [last, line] = [lines.at(-1), at + 2];
    if (last && last.outcome === said.outcome && last.reason === said.reason)
      lines[lines.length - 1] = { ...last, to: line, count: last.count + 1, total: Money.of(last.total).plus(euros).toString() };
    else lines.push({ from: line, to: line, ...said, count: 1, total: euros.toString() });
  });
  const batch = { partner, flow, number, name: String(number) };
  return canonicalJson({ format: 'isu-receipt/1', outcome: 'accepted', batch, digest, count: records.length, total, lines });
}
