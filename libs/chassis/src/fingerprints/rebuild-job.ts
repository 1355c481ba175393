import { authors } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { onDemand } from '../jobs/calendar.js';
import type { Job } from '../jobs/job.js';

/** Accounts by their numbers: those after the first, up to the second included or to the end. */
export interface AccountStretch {
  readonly after: string;
  readonly through: string | null;
}

/** Drops what the service derives of these accounts and nothing else says, and derives it anew from its facts or leaves it to the fold that follows. */
export type OnRebuild = (tx: EntityManager, stretch: AccountStretch) => Promise<void>;

interface RebuildOptions {
  readonly service: string;
  readonly onRebuild?: OnRebuild;
  readonly accountsAtATime?: number;
}

/**
 * What is derived from facts alone is thrown away and derived again (R16): the way back when a derived table was damaged, or is not trusted.
 * The service goes on meanwhile: views are folded when they are asked for, and an account that waits to be folded is compared with nobody.
 */
export const rebuildJob = ({ service, onRebuild, accountsAtATime = 5_000 }: RebuildOptions): Job => ({
  name: `rebuild-${service}`,
  title: 'Reconstruction de tout ce qui se déduit des faits',
  calendar: onDemand,
  run: async (turn) => {
    let standing = (turn.checkpoint as { after: string; accounts: number } | null) ?? { after: '', accounts: 0 };
    for (let isOver = false; !isOver;) {
      await turn.step(async (tx) => {
        const accounts = await nextAccounts(tx, standing.after, accountsAtATime);
        const through = accounts.length < accountsAtATime ? null : (accounts.at(-1) ?? null);
        const stretch = { after: standing.after, through };
        await tx.query('DELETE FROM account_fingerprint WHERE stream > $1 AND ($2::text IS NULL OR stream <= $2)', [
          stretch.after,
          stretch.through,
        ]);
        await onRebuild?.(tx, stretch);
        await tx.query('INSERT INTO account_touch (stream) SELECT unnest($1::text[])', [accounts]);
        isOver = through === null;
        standing = { after: through ?? standing.after, accounts: standing.accounts + accounts.length };
        return { checkpoint: standing, done: standing.accounts };
      });
    }
    return { 'comptes repris de leurs faits': standing.accounts };
  },
});

/** Author by author, as the facts are indexed: a step looks at its own accounts only, however many there are. */
async function nextAccounts(tx: EntityManager, after: string, limit: number): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT DISTINCT f.stream FROM unnest($1::text[]) AS a(author) CROSS JOIN LATERAL (
       SELECT DISTINCT stream FROM fact WHERE author = a.author AND stream > $2 AND stream NOT LIKE 'flow/%' ORDER BY stream LIMIT $3) f
      ORDER BY 1 LIMIT $3`,
    [authors, after, limit],
  )) as { stream: string }[];
  return rows.map(({ stream }) => stream);
}
