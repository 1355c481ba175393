import { answerTo, faultAnswer, isProblem, type PricingAnswer } from './answer.js';
import { answerText } from './answer-text.js';
import { linesOf } from './lines.js';

export interface BatchTally {
  readonly priced: number;
  readonly refused: number;
  /** Faults of ours met on the way, each told on its line; none of them stops the others. */
  readonly faults: readonly unknown[];
}

interface BatchToPrice {
  readonly input: AsyncIterable<Uint8Array>;
  readonly write: (text: string) => Promise<void>;
  readonly derivation: boolean;
}

const byteOrderMark = /^\uFEFF/;

/** One situation a line in, one result a line out, in the same order; what cannot be priced says why on its line. */
export async function priceBatch({ input, write, derivation }: BatchToPrice): Promise<BatchTally> {
  let read = 0;
  let refused = 0;
  const faults: unknown[] = [];
  const answer = (line: string | null): PricingAnswer => {
    try {
      return answerTo(line, { derivation });
    } catch (fault) {
      faults.push(fault);
      return faultAnswer;
    }
  };
  for await (const lines of linesOf(input)) {
    let results = '';
    for (const line of lines) {
      read += 1;
      const answered = answer(read === 1 && line ? line.replace(byteOrderMark, '') : line);
      if (isProblem(answered)) {
        refused += 1;
        results += `${JSON.stringify({ problem: { ...answered.problem, line: read } })}\n`;
      } else results += `${answerText(answered)}\n`;
    }
    await write(results);
  }
  return { priced: read - refused, refused, faults };
}
