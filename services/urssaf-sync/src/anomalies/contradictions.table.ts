import type { EntityManager } from 'typeorm';

type Sql = Pick<EntityManager, 'query'>;

/** Lines that the partner itself said otherwise under the same reference, and that are still open on an account. */
const contradictions = `anomaly a JOIN rejected_line r ON r.anomaly = a.id AND r.partner = $1 AND r.reason = 'reference-with-other-content'
 WHERE a.closed_at IS NULL AND a.origin = 'line' AND a.type = 'conflict'`;

/**
 * Contradictions of a partner about money that were seen by the evening of its books. The caller knows where those books hold other money
 * than what stands (`balance_delta`): everywhere else they say which of the two contents was right.
 */
export async function findConfirmed(
  tx: Sql,
  { partner, asOf }: { readonly partner: string; readonly asOf: string },
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT a.id FROM ${contradictions} AND a.account BETWEEN $2 AND $3 AND (a.opened_at AT TIME ZONE 'Europe/Paris')::date <= $4
        AND EXISTS (SELECT 1 FROM payment p WHERE p.partner = r.partner AND p.reference = r.reference
                    UNION ALL SELECT 1 FROM reversal v WHERE v.partner = r.partner AND v.reference = r.reference)
        AND NOT EXISTS (SELECT 1 FROM balance_delta b WHERE b.account = a.account)
      ORDER BY a.id`,
    [partner, from, to, asOf],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Contradictions about declarations of these accounts and years, of which the partner now gives a later one. */
export async function findOvertaken(
  tx: Sql,
  partner: string,
  declarations: readonly { readonly account: string; readonly year: number }[],
): Promise<string[]> {
  if (declarations.length === 0) return [];
  const rows = (await tx.query(
    `SELECT a.id FROM ${contradictions}
        AND EXISTS (SELECT 1 FROM declared_income d JOIN unnest($2::text[], $3::int[]) AS n(account, year) USING (account, year)
                     WHERE d.partner = r.partner AND d.reference = r.reference)
      ORDER BY a.id`,
    [partner, declarations.map(({ account }) => account), declarations.map(({ year }) => year)],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}
