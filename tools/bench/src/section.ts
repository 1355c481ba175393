/** One measure. Where it has a limit, the limit was measured in the same run, or is what we promised ourselves. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: { readonly at: 'least' | 'most'; readonly value: number };
  /** What the figure does not say by itself. */
  readonly note?: string;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  measure(surroundings: Surroundings): Promise<Figure[]>;
}

export interface Surroundings {
  /** Says on the error output what is under way. */
  readonly tell: (text: string) => void;
  /** Small sizes, to see that the bench itself works: its figures mean nothing. */
  readonly quick: boolean;
  /** Of how many minutes the backlog is that a reader finds when it comes back. */
  readonly backlogMinutes: number;
}

/** `ISU_BENCH_ACCOUNTS` for another size, where a machine is not its own. */
export const accountsOf = (quick: boolean, sizes: { readonly whole: number; readonly quick: number }): number =>
  quick ? sizes.quick : Number(process.env['ISU_BENCH_ACCOUNTS'] ?? sizes.whole);

export const holds = ({ value, limit }: Figure): boolean | null =>
  limit === undefined ? null : limit.at === 'least' ? value >= limit.value : value <= limit.value;

/** The value below which this share of the sorted measures lies. */
export function percentile(sorted: readonly number[], share: number): number {
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, at)] ?? Number.NaN;
}
