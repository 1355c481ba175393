import { by } from '../order.js';

interface Versioned {
  readonly seq: number;
  readonly data: { readonly year: number; readonly version: number };
}

export type VersionState = 'in-force' | 'replaced';

export interface VersionOf<F> {
  readonly fact: F;
  readonly state: VersionState;
}

/** Facts that replace each other year by year: of equal versions the lower seq stands, the highest version is in force. */
export function versionsOf<F extends Versioned>(facts: readonly F[]): VersionOf<F>[] {
  const sorted = facts.toSorted(
    by(
      (fact) => fact.data.year,
      (fact) => fact.data.version,
      (fact) => fact.seq,
    ),
  );
  const standing = sorted.filter((fact, index) => !isSameVersion(fact, sorted[index - 1]));
  return standing.map((fact, index) => ({ fact, state: standing[index + 1]?.data.year === fact.data.year ? 'replaced' : 'in-force' }));
}

const isSameVersion = (fact: Versioned, before: Versioned | undefined): boolean =>
  before?.data.year === fact.data.year && before.data.version === fact.data.version;
