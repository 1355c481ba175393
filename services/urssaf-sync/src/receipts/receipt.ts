import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { wire } from '@isu/chassis';
import { canonicalJson } from '@isu/contracts';
import { Money } from '@isu/values';
import { outcomes, type LineOutcomes } from '../placing/outcome.js';

/** What became of a file: which one, and each of its lines, by runs of consecutive lines with one outcome. Without a clock: the same file has the same receipt. */
export interface Receipt {
  readonly format: 'isu-receipt/1';
  readonly batch: { readonly partner: string; readonly flow: string; readonly number: number; readonly name: string };
  readonly digest: string;
  readonly outcome: 'accepted';
  /** Lines and euros of the whole file: the runs add up to them. */
  readonly count: number;
  readonly total: string;
  readonly lines: readonly LineOutcomes[];
}

export const receiptSchema = wire.record<Receipt>({
  format: { const: 'isu-receipt/1' },
  batch: wire.record<Receipt['batch']>({ partner: wire.text, flow: wire.text, number: wire.count, name: wire.text }),
  digest: wire.digest,
  outcome: { const: 'accepted' },
  count: wire.count,
  total: wire.euros,
  lines: wire.listOf(
    wire.record<LineOutcomes>(
      {
        from: wire.count,
        to: wire.count,
        outcome: wire.choice(outcomes),
        reason: wire.text,
        count: wire.count,
        total: wire.euros,
      },
      ['reason'],
    ),
  ),
});

interface ReceiptOf extends Omit<Receipt, 'format' | 'outcome' | 'lines'> {
  readonly runs: readonly LineOutcomes[];
}

/** The receipt as it is sent and kept: canonical JSON (RFC 8785). */
export function receiptText({ runs, ...batch }: ReceiptOf): string {
  const receipt: Receipt = { format: 'isu-receipt/1', outcome: 'accepted', ...batch, lines: joined(runs) };
  return canonicalJson(receipt);
}

/** Runs come cut at the ends of chunks, wherever work stopped and went on; the receipt shows none of it. */
function joined(runs: readonly LineOutcomes[]): LineOutcomes[] {
  const whole: LineOutcomes[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last && last.to + 1 === run.from && last.outcome === run.outcome && last.reason === run.reason) {
      const total = Money.of(last.total).plus(Money.of(run.total)).toString();
      whole[whole.length - 1] = { ...last, to: run.to, count: last.count + run.count, total };
    } else whole.push(run);
  }
  return whole;
}

/** Signs what we say, receipts and the last lines of our batches: Ed25519 is deterministic, so the same words always bear the same signature. */
export class ReceiptSigner {
  private readonly key: KeyObject;

  constructor(privateKeyPem: string) {
    this.key = createPrivateKey(privateKeyPem);
  }

  sign(receipt: string): string {
    return sign(null, Buffer.from(receipt), this.key).toString('base64');
  }
}
