import type { DataSource, EntityManager } from 'typeorm';
import { entryColumns, toEntry, type AccessEntry } from './access-journal.js';
import { genesis, journalHead, linkHash, type JournalHead } from './sealing.js';

export type JournalVerdict =
  | { readonly intact: true; readonly head: JournalHead; readonly unsealed: number }
  | { readonly intact: false; readonly position: number; readonly reason: string };

type Link = { position: string; hash: string } & AccessEntry;

/**
 * Walks the chain from genesis, in batches, on one snapshot. A changed, removed, added or reordered entry breaks it at its
 * position. Taking away the *end* of the chain leaves a shorter chain that holds: that is what `known` is for, the heads
 * that somebody else has kept (receipts, the other organisation), each of which must stand in the chain.
 */
export function verifyJournal(db: DataSource, known: readonly JournalHead[] = []): Promise<JournalVerdict> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const walked = await walk(tx, known);
    if ('reason' in walked) return { intact: false, ...walked };
    const missing = known.find(({ position }) => position > walked.position);
    if (missing) return { intact: false, position: missing.position, reason: 'the chain ends before a head that was given out' };
    const [count] = (await tx.query(
      `SELECT count(u.entry_id)::int AS waiting, count(*) FILTER (WHERE u.entry_id IS NULL)::int AS stray
       FROM access_journal e LEFT JOIN access_unsealed u ON u.entry_id = e.id
       WHERE NOT EXISTS (SELECT FROM access_chain c WHERE c.entry_id = e.id)`,
    )) as [{ waiting: number; stray: number }];
    if (count.stray > 0) return { intact: false, position: walked.position, reason: 'an entry is neither sealed nor waiting to be' };
    return { intact: true, head: walked, unsealed: count.waiting };
  });
}

async function walk(tx: EntityManager, known: readonly JournalHead[]): Promise<JournalHead | { position: number; reason: string }> {
  const end = await journalHead(tx);
  let head = genesis;
  while (head.position < end.position) {
    const links = (await tx.query(
      `SELECT c.position, c.hash, ${entryColumns} FROM access_chain c JOIN access_journal e ON e.id = c.entry_id
       WHERE c.position > $1 ORDER BY c.position LIMIT 1000`,
      [head.position],
    )) as Link[];
    if (links.length === 0) return { position: head.position + 1, reason: 'the entry is missing' };
    for (const { position, hash, ...row } of links) {
      const expected = head.position + 1;
      if (Number(position) !== expected) return { position: expected, reason: 'the entry is missing' };
      if (linkHash(head.hash, toEntry(row)) !== hash) return { position: expected, reason: 'the entry is not the one that was sealed' };
      if (known.some((given) => given.position === expected && given.hash !== hash)) {
        return { position: expected, reason: 'the chain is not the one whose head was given out' };
      }
      head = { position: expected, hash };
    }
  }
  return head;
}
