import type { EntityManager } from 'typeorm';
import type { Office, Session, SignedIn } from './session.js';

export type Sql = Pick<EntityManager, 'query'>;

interface Row {
  readonly id: string;
  readonly kind: Session['kind'];
  readonly account: string | null;
  readonly subject: string | null;
  readonly office: Office | null;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
}

export async function findSession(db: Sql, cookieDigest: Buffer): Promise<Session | null> {
  const [row] = (await db.query(
    `SELECT id, kind, account, subject, office, last_seen_at AS "lastSeenAt", ends_at AS "endsAt" FROM session WHERE cookie_digest = $1`,
    [cookieDigest],
  )) as Row[];
  return row ? sessionOf(row) : null;
}

function sessionOf({ kind, account, subject, office, ...rest }: Row): Session {
  if (kind === 'insured' && account !== null) return { ...rest, kind, account };
  if (kind === 'agent' && subject !== null && office !== null) return { ...rest, kind, subject, office };
  throw new Error('The table holds a session of neither kind.');
}

export async function insertSession(
  db: Sql,
  { id, endsAt, lastSeenAt }: Pick<Session, 'id' | 'endsAt' | 'lastSeenAt'>,
  who: SignedIn,
  { cookieDigest, sealedTokens }: { cookieDigest: Buffer; sealedTokens: Buffer | null },
): Promise<void> {
  const [account, subject, office] = who.kind === 'insured' ? [who.account, null, null] : [null, who.subject, JSON.stringify(who.office)];
  await db.query(
    `INSERT INTO session (id, cookie_digest, kind, account, subject, office, sealed_tokens, last_seen_at, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, cookieDigest, who.kind, account, subject, office, sealedTokens, lastSeenAt, endsAt],
  );
}

export async function noteSeen(db: Sql, id: string, at: Date): Promise<void> {
  await db.query('UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2', [id, at]);
}

export async function sealedTokensOf(db: Sql, id: string): Promise<Buffer | null> {
  const [row] = (await db.query('SELECT sealed_tokens AS sealed FROM session WHERE id = $1', [id])) as { sealed: Buffer | null }[];
  return row?.sealed ?? null;
}

export async function replaceTokens(db: Sql, id: string, sealed: Buffer): Promise<void> {
  await db.query('UPDATE session SET sealed_tokens = $2 WHERE id = $1', [id, sealed]);
}

/** The key that sealed its tokens goes with it. */
export async function deleteSessions(
  db: Sql,
  which: { cookieDigest: Buffer } | { account: string } | { endedBefore: Date; idleBefore: Date },
): Promise<void> {
  const [condition, values] =
    'cookieDigest' in which
      ? ['cookie_digest = $1', [which.cookieDigest]]
      : 'account' in which
        ? ['account = $1', [which.account]]
        : ['ends_at < $1 OR last_seen_at < $2', [which.endedBefore, which.idleBefore]];
  await db.query(
    `WITH ended AS (DELETE FROM session WHERE ${condition} RETURNING id)
     DELETE FROM person_key k USING ended WHERE k.person_id = ended.id`,
    values,
  );
}
