import { canonicalJson, sha256 } from '@isu/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { entryColumns, toEntry, type AccessEntry, type Sql } from './access-journal.js';

/** The last link of a service's journal: what is exchanged with the other organisation in receipts. */
export interface JournalHead {
  /** How many entries are sealed. */
  readonly position: number;
  readonly hash: string;
}

export interface JournalLag {
  readonly entries: number;
  /** When the oldest entry still unsealed was written; null when all are sealed. */
  readonly oldestWallAt: Date | null;
}

/** What the chain starts from. */
export const genesis: JournalHead = { position: 0, hash: '0'.repeat(64) };

export const linkHash = (previous: string, entry: AccessEntry): string => sha256(previous + canonicalJson(entry));

/**
 * Chains entries that wait, oldest first, and returns how many: one short transaction, which may be killed and run again.
 * Two sealers never chain at once: the second finds the lock taken and seals nothing.
 */
export function sealEntries(db: DataSource, limit = 500): Promise<number> {
  return db.transaction(async (tx) => {
    const [{ mine }] = (await tx.query(`SELECT pg_try_advisory_xact_lock(hashtext(current_schema || '/access_chain')) AS mine`)) as [
      { mine: boolean },
    ];
    if (!mine) return 0;
    const waiting = await waitingEntries(tx, limit);
    if (waiting.length === 0) return 0;
    const links = chained(await journalHead(tx), waiting);
    await tx.query(`INSERT INTO access_chain (position, entry_id, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])`, [
      links.map((link) => link.position),
      links.map((link) => link.id),
      links.map((link) => link.hash),
    ]);
    await tx.query(`DELETE FROM access_unsealed WHERE entry_id = ANY($1::bigint[])`, [waiting.map(({ id }) => id)]);
    return waiting.length;
  });
}

export async function journalHead(sql: Sql): Promise<JournalHead> {
  const rows = (await sql.query(`SELECT position, hash FROM access_chain ORDER BY position DESC LIMIT 1`)) as {
    position: string;
    hash: string;
  }[];
  const last = rows[0];
  return last ? { position: Number(last.position), hash: last.hash } : genesis;
}

export async function journalLag(sql: Sql): Promise<JournalLag> {
  const [lag] = (await sql.query(
    `SELECT count(*)::int AS entries, min(e.wall_at) AS "oldestWallAt" FROM access_unsealed u JOIN access_journal e ON e.id = u.entry_id`,
  )) as [JournalLag];
  return lag;
}

function chained({ position, hash }: JournalHead, entries: readonly AccessEntry[]) {
  let previous = hash;
  return entries.map((entry, index) => {
    previous = linkHash(previous, entry);
    return { position: position + index + 1, id: entry.id, hash: previous };
  });
}

async function waitingEntries(tx: EntityManager, limit: number): Promise<AccessEntry[]> {
  const rows: unknown[] = await tx.query(
    `SELECT ${entryColumns} FROM access_unsealed u JOIN access_journal e ON e.id = u.entry_id ORDER BY u.entry_id LIMIT $1`,
    [limit],
  );
  return rows.map(toEntry);
}
