import { genesis, linkHash, type ChainHead, type ChainLink } from '@isu/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { entryColumns, toEntry, type AccessEntry, type Sql } from './access-journal.js';

/**
 * A journal that is chained: `<name>_journal` holds its entries, `<name>_unsealed` those that wait for their link, `<name>_chain` the links.
 * Each has `id`, `wall_at` and the columns that make the entry.
 */
export interface ChainedJournal<Entry extends { readonly id: string }> {
  readonly name: string;
  /** Of the entry, from `<name>_journal e`. */
  readonly columns: string;
  /** The entry as it is hashed. */
  toEntry(row: unknown): Entry;
}

export const accessChain: ChainedJournal<AccessEntry> = { name: 'access', columns: entryColumns, toEntry };

export interface JournalLag {
  readonly entries: number;
  /** When the oldest entry still unsealed was written; null when all are sealed. */
  readonly oldestWallAt: Date | null;
}

type AnyJournal = ChainedJournal<{ readonly id: string }>;

/**
 * Chains entries that wait, oldest first, and returns how many: one short transaction, which may be killed and run again.
 * Two sealers never chain at once: the second finds the lock taken and seals nothing.
 */
export function sealEntries(db: DataSource, limit = 500, journal: AnyJournal = accessChain): Promise<number> {
  const { name } = journal;
  return db.transaction(async (tx) => {
    const [{ mine }] = (await tx.query(`SELECT pg_try_advisory_xact_lock(hashtext(current_schema || $1)) AS mine`, [`/${name}_chain`])) as [
      { mine: boolean },
    ];
    if (!mine) return 0;
    const waiting = await waitingEntries(tx, limit, journal);
    if (waiting.length === 0) return 0;
    const links = chained(await journalHead(tx, journal), waiting);
    await tx.query(`INSERT INTO ${name}_chain (position, entry_id, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])`, [
      links.map((link) => link.position),
      links.map((link) => link.id),
      links.map((link) => link.hash),
    ]);
    await tx.query(`DELETE FROM ${name}_unsealed WHERE entry_id = ANY($1::bigint[])`, [waiting.map(({ id }) => id)]);
    return waiting.length;
  });
}

export async function hasUnsealed(sql: Sql, { name }: Pick<AnyJournal, 'name'> = accessChain): Promise<boolean> {
  const rows = (await sql.query(`SELECT 1 FROM ${name}_unsealed LIMIT 1`)) as unknown[];
  return rows.length > 0;
}

/** What is exchanged with the other organisation, beside receipts. */
export async function journalHead(sql: Sql, { name }: Pick<AnyJournal, 'name'> = accessChain): Promise<ChainHead> {
  const [last] = (await sql.query(`SELECT position, hash FROM ${name}_chain ORDER BY position DESC LIMIT 1`)) as {
    position: string;
    hash: string;
  }[];
  return last ? { position: Number(last.position), hash: last.hash } : genesis;
}

export async function journalLag(sql: Sql, { name }: Pick<AnyJournal, 'name'> = accessChain): Promise<JournalLag> {
  const [lag] = (await sql.query(
    `SELECT count(*)::int AS entries, min(e.wall_at) AS "oldestWallAt" FROM ${name}_unsealed u JOIN ${name}_journal e ON e.id = u.entry_id`,
  )) as [JournalLag];
  return lag;
}

/** Links after a position, in order: what an auditor walks. */
export async function linksAfter<Entry extends { readonly id: string }>(
  sql: Sql,
  { name, columns, toEntry: read }: ChainedJournal<Entry>,
  { after, limit }: { after: number; limit: number },
): Promise<ChainLink<Entry>[]> {
  const rows = (await sql.query(
    `SELECT c.position, c.hash, ${columns} FROM ${name}_chain c JOIN ${name}_journal e ON e.id = c.entry_id
      WHERE c.position > $1 ORDER BY c.position LIMIT $2`,
    [after, limit],
  )) as { position: string; hash: string }[];
  return rows.map(({ position, hash, ...row }) => ({ position: Number(position), hash, entry: read(row) }));
}

function chained({ position, hash }: ChainHead, entries: readonly { readonly id: string }[]) {
  let previous = hash;
  return entries.map((entry, index) => {
    previous = linkHash(previous, entry);
    return { position: position + index + 1, id: entry.id, hash: previous };
  });
}

async function waitingEntries(tx: EntityManager, limit: number, { name, columns, toEntry: read }: AnyJournal): Promise<{ id: string }[]> {
  const rows: unknown[] = await tx.query(
    `SELECT ${columns} FROM ${name}_unsealed u JOIN ${name}_journal e ON e.id = u.entry_id ORDER BY u.entry_id LIMIT $1`,
    [limit],
  );
  return rows.map((row) => read(row));
}
