import type { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';

/** How far back the daily look goes; on the first of a month it goes back to the beginning. */
const windowInDays = 40;

/**
 * Puts on the watch, in one statement, the accounts of which something that fell due is unpaid: looked at a month after the due date,
 * when surcharges may first be notified. What an account was already looked at for does not come back.
 */
export async function watchUnpaid(tx: EntityManager, date: Day): Promise<void> {
  const since = date.dayOfMonth === 1 ? null : date.minusDays(windowInDays).iso;
  await tx.query(
    `INSERT INTO surcharge_watch AS w (account, look_on)
     SELECT i.account, min(first.day) FROM instalment i
     CROSS JOIN LATERAL (SELECT (i.due_on + interval '1 month')::date + 1 AS day) first
     LEFT JOIN surcharge_watch seen ON seen.account = i.account
     WHERE i.due_on < $1 AND i.due_on >= coalesce($2::date, '-infinity') AND i.paid < i.amount
       AND first.day > coalesce(seen.seen_on, '-infinity')
     GROUP BY i.account ORDER BY i.account
     ON CONFLICT (account) DO UPDATE SET look_on = excluded.look_on WHERE excluded.look_on < w.look_on`,
    [date.iso, since],
  );
}

/** Something about what is late changed: to be looked at without waiting. */
export async function watchNow(tx: EntityManager, accounts: readonly string[], today: Day): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query(
    `INSERT INTO surcharge_watch AS w (account, look_on) SELECT DISTINCT n, $2::date FROM unnest($1::text[]) AS n ORDER BY n
     ON CONFLICT (account) DO UPDATE SET look_on = excluded.look_on WHERE excluded.look_on < w.look_on`,
    [accounts, today.iso],
  );
}

/** Accounts whose day has come, the longest awaited first. */
export async function accountsToLookAt(tx: EntityManager, date: Day, limit: number): Promise<string[]> {
  const rows: { account: string }[] = await tx.query(
    `SELECT account FROM surcharge_watch WHERE look_on <= $1 ORDER BY look_on, account LIMIT $2`,
    [date.iso, limit],
  );
  return rows.map(({ account }) => account);
}

/** Null: nothing before something new is heard. */
export interface NextLook {
  readonly account: string;
  readonly on: Day | null;
}

export async function lookAgain(tx: EntityManager, date: Day, next: readonly NextLook[]): Promise<void> {
  if (next.length === 0) return;
  await tx.query(
    `UPDATE surcharge_watch w SET look_on = coalesce(n.look_on, 'infinity'), seen_on = $3
     FROM unnest($1::text[], $2::date[]) AS n (account, look_on) WHERE w.account = n.account`,
    [next.map(({ account }) => account), next.map(({ on }) => on?.iso ?? null), date.iso],
  );
}
