import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** The next accounts, by number, of which some money is credit, or a refund waits for signatures: its credit may be gone meanwhile. */
export async function accountsToAdvance(tx: Reading, place: { after: string; limit: number }): Promise<string[]> {
  const rows: { account: string }[] = await tx.query(
    `(SELECT DISTINCT p.account FROM payment p WHERE p.account > $1 AND p.credit > 0 ORDER BY p.account LIMIT $2)
     UNION (SELECT r.account FROM refund r WHERE r.account > $1 AND r.state = 'to-approve' ORDER BY r.account LIMIT $2)
     ORDER BY account LIMIT $2`,
    [place.after, place.limit],
  );
  return rows.map(({ account }) => account);
}

/** Since when each account has had the credit that it has. */
export async function creditSinceOf(tx: Reading, accounts: readonly string[]): Promise<Map<string, Day>> {
  const rows: { account: string; since: string }[] = await tx.query(
    `SELECT account, min(credit_since)::text AS since FROM payment WHERE account = ANY($1) AND credit > 0 GROUP BY account`,
    [accounts],
  );
  return new Map(rows.map(({ account, since }) => [account, Day.of(since)]));
}

/** The due dates to come that ask for something, the nearest first. */
export async function comingDueDates(tx: Reading, accounts: readonly string[], today: Day): Promise<Map<string, string[]>> {
  const rows: { account: string; ids: string[] }[] = await tx.query(
    `SELECT account, array_agg(id ORDER BY due_on, id) AS ids FROM instalment
     WHERE account = ANY($1) AND due_on > $2 AND paid < amount GROUP BY account`,
    [accounts, today.iso],
  );
  return new Map(rows.map(({ account, ids }) => [account, ids]));
}

/** The last version of the bank details that affiliation told of, by account. */
export async function versionsHeard(tx: Reading, accounts: readonly string[]): Promise<Map<string, number>> {
  const rows: { account: string; version: number }[] = await tx.query(
    `SELECT stream AS account, max((envelope -> 'data' ->> 'version')::int) AS version FROM fact
     WHERE author = 'affiliation' AND stream = ANY($1) AND type = 'affiliation.bank-details-changed.v1' GROUP BY stream`,
    [accounts],
  );
  return new Map(rows.map(({ account, version }) => [account, version]));
}
