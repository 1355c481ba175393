import type { EntityManager } from 'typeorm';
import type { OneTimeLink } from './one-time-link.js';

export type Sql = Pick<EntityManager, 'query'>;

const columns = `kind, account, person_id AS "personId", sealed_email AS "sealedEmail", ends_at AS "endsAt", used_at AS "usedAt"`;

export async function findLink(db: Sql, digest: Buffer): Promise<OneTimeLink | null> {
  const [row] = (await db.query(`SELECT ${columns} FROM one_time_link WHERE digest = $1`, [digest])) as OneTimeLink[];
  return row ?? null;
}

/** Held until the end of the transaction: of two who use it at once, one does. */
export async function lockLink(tx: Sql, digest: Buffer): Promise<OneTimeLink | null> {
  const [row] = (await tx.query(`SELECT ${columns} FROM one_time_link WHERE digest = $1 FOR UPDATE`, [digest])) as OneTimeLink[];
  return row ?? null;
}

export async function insertLink(tx: Sql, link: Omit<OneTimeLink, 'usedAt'> & { digest: Buffer; madeAt: Date }): Promise<void> {
  const { digest, kind, account, personId, sealedEmail, madeAt, endsAt } = link;
  await tx.query(
    'INSERT INTO one_time_link (digest, kind, account, person_id, sealed_email, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [digest, kind, account, personId, sealedEmail, madeAt, endsAt],
  );
}

/** All of the account: a password was chosen, and what was sent before it opens nothing any more. */
export async function useLinks(tx: Sql, account: string, at: Date): Promise<void> {
  await tx.query('UPDATE one_time_link SET used_at = $2 WHERE account = $1 AND used_at IS NULL', [account, at]);
}

/** How many of a kind this account was sent since then. */
export async function countLinks(db: Sql, { account, kind }: Pick<OneTimeLink, 'account' | 'kind'>, since: Date): Promise<number> {
  const [row] = (await db.query('SELECT count(*)::int AS count FROM one_time_link WHERE account = $1 AND kind = $2 AND made_at > $3', [
    account,
    kind,
    since,
  ])) as { count: number }[];
  return row?.count ?? 0;
}
