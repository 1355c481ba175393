import type { EntityManager } from 'typeorm';

/** What the other services' facts, of which affiliation keeps a copy, say of how a person stands. */
export interface HeardOf {
  /** The income in force of the last year known is one that the caisse taxed without a declaration. */
  readonly taxedExOfficio: boolean;
  /** The day on which the last year of activity became definitive; null before, and while the activity goes on. */
  readonly settledOn: string | null;
  /** Years whose income is declared. */
  readonly declaredYears: readonly number[];
}

interface Row {
  readonly kind: string | null;
  readonly year: number;
  readonly stage: string | null;
  readonly on: string;
}

export async function heardOf(tx: Pick<EntityManager, 'query'>, account: string, endedOn: string | null): Promise<HeardOf> {
  const rows = (await tx.query(
    `SELECT envelope->'data'->>'kind' AS kind, (envelope->'data'->>'year')::int AS year, envelope->'data'->>'stage' AS stage,
       to_char(recorded_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD') AS on
     FROM fact WHERE author = 'collection' AND stream = $1 AND type IN ('collection.income-recorded.v1', 'collection.assessed.v1')
     ORDER BY seq`,
    [account],
  )) as Row[];
  const incomes = rows.filter(({ kind }) => kind !== null && kind !== 'estimated');
  const lastYear = Math.max(...incomes.map(({ year }) => year));
  const last = incomes.filter(({ year }) => year === lastYear).at(-1);
  const lastOfActivity = endedOn === null ? null : Number(endedOn.slice(0, 4));
  const settled = rows.find(({ stage, year }) => stage === 'definitive' && lastOfActivity !== null && year >= lastOfActivity);
  return {
    taxedExOfficio: last?.kind === 'ex-officio',
    settledOn: settled?.on ?? null,
    declaredYears: incomes.filter(({ kind }) => kind === 'declared').map(({ year }) => year),
  };
}
