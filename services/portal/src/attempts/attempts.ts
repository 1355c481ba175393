import { tooManyRequests, type HostContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { tryOnce, type Attempts, type Patience } from './attempt.js';

/** What is tried, and by which key. */
export interface Tried {
  readonly what: 'sign-in' | 'opening' | 'link';
  readonly by: 'email' | 'nir' | 'address';
  readonly key: string;
}

const patienceOf: Readonly<Record<Tried['by'], Patience>> = {
  email: { free: 5, firstS: 5, longestS: 900 },
  nir: { free: 3, firstS: 60, longestS: 900 },
  // Many people may sit behind one address.
  address: { free: 30, firstS: 2, longestS: 300 },
};

/** Counts tries before they are made, in the database: many at once, or on several instances, are counted one by one. */
export class AttemptCounts {
  constructor(private readonly context: Pick<HostContext, 'db' | 'clock' | 'protection'>) {}

  /** Counts one more try of each key, or refuses with 429 and how long to wait. */
  async count(...tries: readonly Tried[]): Promise<void> {
    const { db, clock } = this.context;
    const keys = tries.map((tried) => ({ tried, key: this.keyOf(tried) })).sort((a, b) => a.key.compare(b.key));
    const waitS = await db.transaction(async (tx) => {
      const decided = [];
      for (const { tried, key } of keys) {
        await tx.query('INSERT INTO attempt (key, count, last_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [key, new Date(0)]);
        const [before] = (await tx.query('SELECT count, last_at AS "lastAt" FROM attempt WHERE key = $1 FOR UPDATE', [key])) as Attempts[];
        decided.push({ key, next: tryOnce(before ?? null, clock.now(), patienceOf[tried.by]) });
      }
      const waits = decided.flatMap(({ next }) => ('waitS' in next ? [next.waitS] : []));
      if (waits.length > 0) return Math.max(...waits);
      for (const { key, next } of decided) {
        if ('attempts' in next) await noteAttempts(tx, key, next.attempts);
      }
      return 0;
    });
    if (waitS > 0) throw tooManyRequests(waitS);
  }

  /** The right one was found: what was tried before it is forgotten. */
  async forget(tried: Tried): Promise<void> {
    await this.context.db.query('DELETE FROM attempt WHERE key = $1', [this.keyOf(tried)]);
  }

  async purge(): Promise<void> {
    const { db, clock } = this.context;
    await db.query('DELETE FROM attempt WHERE last_at < $1', [new Date(clock.now().getTime() - 86_400_000)]);
  }

  private keyOf({ what, by, key }: Tried): Buffer {
    return this.context.protection.blindIndex(`portal/${what}/${by}`, key);
  }
}

async function noteAttempts(tx: EntityManager, key: Buffer, { count, lastAt }: Attempts): Promise<void> {
  await tx.query('UPDATE attempt SET count = $2, last_at = $3 WHERE key = $1', [key, count, lastAt]);
}
