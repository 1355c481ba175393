import type { Reach } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { fundsOf } from '../anomalies/anomaly.table.js';
import type { AlteredFact } from './altered-fact.js';
import type { Copies, Missing } from './copies.js';

type Sql = Pick<EntityManager, 'query'>;

/** An account whose copies are not the same, and what is known of why. */
export interface CopyDifference {
  readonly account: string;
  readonly kind: 'in-flight' | 'diverged';
  readonly copies: Copies;
  /** Facts that a service lacks. */
  readonly missing: readonly Missing[];
  /** The fact that a service holds otherwise than its author wrote it. */
  readonly altered: AlteredFact | null;
  readonly since: Date;
  readonly seenAt: Date;
}

export async function saveDifferences(tx: Sql, differences: readonly Omit<CopyDifference, 'since' | 'seenAt'>[], at: Date): Promise<void> {
  if (differences.length === 0) return;
  await tx.query(
    `INSERT INTO copy_difference AS d (account, kind, copies, missing, altered, since, seen_at)
     SELECT account, kind, copies, missing, altered, $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS n(account text, kind text, copies jsonb, missing jsonb, altered jsonb)
     ON CONFLICT (account) DO UPDATE SET kind = EXCLUDED.kind, copies = EXCLUDED.copies, missing = EXCLUDED.missing, altered = EXCLUDED.altered,
       since = CASE WHEN d.kind = EXCLUDED.kind THEN d.since ELSE EXCLUDED.since END, seen_at = EXCLUDED.seen_at`,
    [JSON.stringify(differences), at],
  );
}

/** Those of these accounts that differed and agree now. */
export async function forgetDifferences(tx: Sql, accounts: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM copy_difference WHERE account = ANY($1)', [accounts]);
}

export async function accountsThatDiffer(tx: Sql): Promise<string[]> {
  const rows = (await tx.query('SELECT account FROM copy_difference ORDER BY account')) as { account: string }[];
  return rows.map(({ account }) => account);
}

/** How many accounts our own tree of fingerprints holds. */
export async function accountsCompared(tx: Sql): Promise<number> {
  const [row] = (await tx.query('SELECT count(*)::int AS n FROM account_fingerprint')) as { n: number }[];
  return row?.n ?? 0;
}

export async function countDiverged(tx: Sql): Promise<number> {
  const [row] = (await tx.query(`SELECT count(*)::int AS n FROM copy_difference WHERE kind = 'diverged'`)) as { n: number }[];
  return row?.n ?? 0;
}

const columns = `account, kind, copies, missing, altered, since, seen_at AS "seenAt"`;

/** Divergences first, then the oldest. */
export async function findDifferences(
  tx: Sql,
  { reach, kind, limit }: { reach: Reach; kind?: CopyDifference['kind']; limit: number },
): Promise<CopyDifference[]> {
  return tx.query(
    `SELECT ${columns} FROM copy_difference WHERE ($1::text[] IS NULL OR holding_fund(account, $4::date) = ANY($1)) AND ($2::text IS NULL OR kind = $2)
      ORDER BY kind, since, account LIMIT $3`,
    [fundsOf(reach), kind ?? null, limit, reach.kind === 'funds' ? reach.on : null],
  ) as Promise<CopyDifference[]>;
}
