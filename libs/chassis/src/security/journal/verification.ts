import { ChainWalk, type ChainFault, type ChainHead } from '@isu/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { accessChain, journalHead, linksAfter, type ChainedJournal } from './sealing.js';

export type JournalVerdict =
  | { readonly intact: true; readonly head: ChainHead; readonly unsealed: number }
  | { readonly intact: false; readonly position: number; readonly reason: string };

const reasons: Readonly<Record<ChainFault['code'], string>> = {
  'entry-missing': 'the entry is missing',
  'entry-altered': 'the entry is not the one that was sealed',
  'other-chain': 'the chain is not the one whose head was given out',
  'cut-short': 'the chain ends before a head that was given out',
};

type AnyJournal = ChainedJournal<{ readonly id: string }>;

/** Walks the chain from genesis, in batches, on one snapshot; `known` are the heads that somebody else has kept (receipts). */
export function verifyJournal(
  db: DataSource,
  known: readonly ChainHead[] = [],
  journal: AnyJournal = accessChain,
): Promise<JournalVerdict> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const walk = new ChainWalk(known);
    const fault = await walkAll(tx, walk, journal);
    if (fault) return { intact: false, position: fault.position, reason: reasons[fault.code] };
    const [count] = (await tx.query(
      `SELECT count(u.entry_id)::int AS waiting, count(*) FILTER (WHERE u.entry_id IS NULL)::int AS stray
       FROM ${journal.name}_journal e LEFT JOIN ${journal.name}_unsealed u ON u.entry_id = e.id
       WHERE NOT EXISTS (SELECT FROM ${journal.name}_chain c WHERE c.entry_id = e.id)`,
    )) as [{ waiting: number; stray: number }];
    if (count.stray > 0) return { intact: false, position: walk.head.position, reason: 'an entry is neither sealed nor waiting to be' };
    return { intact: true, head: walk.head, unsealed: count.waiting };
  });
}

async function walkAll(tx: EntityManager, walk: ChainWalk, journal: AnyJournal): Promise<ChainFault | null> {
  const end = await journalHead(tx, journal);
  while (walk.head.position < end.position) {
    const links = await linksAfter(tx, journal, { after: walk.head.position, limit: 1_000 });
    if (links.length === 0) return { position: walk.head.position + 1, code: 'entry-missing' };
    for (const link of links) {
      const fault = walk.take(link);
      if (fault) return fault;
    }
  }
  return walk.end();
}
