/** How often something that can be guessed was tried, by one key: an e-mail, an address of the network, a NIR. */
export interface Attempts {
  readonly count: number;
  readonly lastAt: Date;
}

export interface Patience {
  /** Tries that cost nothing. */
  readonly free: number;
  /** The first wait; each further try doubles it, up to `longestS`. */
  readonly firstS: number;
  readonly longestS: number;
}

/** After as long without a try, everything begins anew. */
const forgottenAfterMs = 3_600_000;

/**
 * Whether one more try may be made now, and what is then remembered. A try that comes too early is not counted: who waits as told gets
 * in, and nobody can lock a person out for longer than `longestS`.
 */
export function tryOnce(
  before: Attempts | null,
  now: Date,
  patience: Patience,
): { readonly waitS: number } | { readonly attempts: Attempts } {
  if (before === null || now.getTime() - before.lastAt.getTime() >= forgottenAfterMs) return { attempts: { count: 1, lastAt: now } };
  const freeAt = before.lastAt.getTime() + waitAfter(before.count, patience) * 1_000;
  if (now.getTime() < freeAt) return { waitS: Math.ceil((freeAt - now.getTime()) / 1_000) };
  return { attempts: { count: before.count + 1, lastAt: now } };
}

function waitAfter(count: number, { free, firstS, longestS }: Patience): number {
  return count < free ? 0 : Math.min(longestS, firstS * 2 ** (count - free));
}
