import { Money } from '@isu/values';

/** What became of a line. `posted`: told to collection at once; `to-be-matched`: kept until its account or its payment is known. */
export const outcomes = ['posted', 'to-be-matched', 'duplicate', 'conflict', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** Consecutive lines that met the same end. */
export interface LineOutcomes {
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly count: number;
  /** Payments minus reversals, in euros. */
  readonly total: string;
}

/** Gathers outcomes in the order of the lines. In a bank file several transactions may share a line. */
export class OutcomeRuns {
  private readonly gathered: { from: number; to: number; outcome: Outcome; reason?: string; count: number; total: Money }[] = [];

  add(line: number, met: { outcome: Outcome; reason?: string }, signed: Money): void {
    const last = this.gathered.at(-1);
    if (last && last.outcome === met.outcome && last.reason === met.reason && line === last.to + 1) {
      last.to = line;
      last.count += 1;
      last.total = last.total.plus(signed);
    } else this.gathered.push({ from: line, to: line, ...met, count: 1, total: signed });
  }

  get list(): readonly LineOutcomes[] {
    return this.gathered.map(({ total, ...run }) => ({ ...run, total: total.toString() }));
  }
}
