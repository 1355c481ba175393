import { fold as currentFold, foldAccount, type AccountView } from '@isu/account';
import { RightOfWay, type FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import type { Logger } from '../logs/logger.js';
import { loopingWorker, type Worker } from '../workers/worker.js';

interface FingerprintOptions {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly log: Logger;
  /** What a service keeps beside a fingerprint, in the same transaction: the views that were kept. */
  readonly onFolded?: OnFolded;
  /** Nobody waits for a fingerprint. */
  readonly way?: Pick<RightOfWay, 'pass' | 'isGiven'>;
  readonly everyMs?: number;
}

export type OnFolded = (tx: EntityManager, views: readonly AccountView[]) => Promise<void>;

const accountsPerTurn = 200;
/** Those of a turn whose facts are read at once: some have thousands. */
const accountsPerReading = 25;
/** Touches looked at in a turn, the oldest: while a hundred thousand wait, none of the turns counts them all. */
const touchesPerLook = 5_000;
/** An account is folded once it has been still for a moment: a declaration and its twelve payments cost one fold, not thirteen. */
const stillForMs = 2_000;
/** One that is never still is folded all the same. */
const patienceMs = 30_000;
/** So long as well waits whoever has their hands full; while a partner waits for the receipt of a long batch, no longer than that. */
const wayPatienceMs = 60_000;
/** The part of its time that a process has work in hand, above which it has its hands full. */
const handsFull = 0.85;

/** Keeps the stored fingerprints up with the facts, in small batches that leave the machine to the requests between two turns. */
export function fingerprintWorker(options: FingerprintOptions): Worker {
  const { db, facts, clock, log, onFolded, way = new RightOfWay(), everyMs = 500 } = options;
  let isOldFoldTouched = false;
  let before = performance.eventLoopUtilization();
  const hasHandsFull = (): boolean => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    return utilization > handsFull;
  };
  const folded = async (tx: EntityManager, accounts: readonly string[], signal: AbortSignal): Promise<AccountView[]> => {
    const views: AccountView[] = [];
    for (const factsOfAccount of (await facts.factsOfStreams(tx, accounts)).values()) {
      // A stop does not wait for hundreds of accounts: the turn is undone, and whoever works next claims them again.
      signal.throwIfAborted();
      try {
        views.push(foldAccount(factsOfAccount));
      } catch (error) {
        // The others go on; this one is folded again when its next fact comes, and reconciliation misses it until then.
        log.error({ account: factsOfAccount[0]?.subject, error }, 'an account cannot be folded');
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    return views;
  };
  return loopingWorker({
    name: 'fingerprints',
    everyMs,
    log,
    turn: async (signal) => {
      // Most of the time nothing has changed, and one question says so. What somebody waits for goes first.
      const waitsFor = way.isGiven ? wayPatienceMs : hasHandsFull() ? patienceMs : 0;
      const waitedSeconds = await longestWait(db);
      if (isOldFoldTouched && (waitedSeconds === null || waitedSeconds < waitsFor / 1_000)) return false;
      const work = async (tx: EntityManager): Promise<void> => {
        if (!isOldFoldTouched) await touchOldFolds(tx);
        isOldFoldTouched = true;
        const accounts = await claimTouched(tx);
        if (accounts.length === 0) return;
        const views: AccountView[] = [];
        for (let start = 0; start < accounts.length; start += accountsPerReading)
          views.push(...(await folded(tx, accounts.slice(start, start + accountsPerReading), signal)));
        const kept = await keep(tx, views, clock.now());
        await onFolded?.(tx, kept);
      };
      await way.pass(() => db.transaction(work));
      return false;
    },
  });
}

/** Another release folded otherwise: what it kept is folded again, so that accounts are compared by one meaning. */
async function touchOldFolds(tx: EntityManager): Promise<void> {
  await tx.query('INSERT INTO account_touch (stream) SELECT stream FROM account_fingerprint WHERE fold <> $1', [String(currentFold)]);
}

async function claimTouched(tx: EntityManager): Promise<string[]> {
  const rows = (await tx.query(
    `WITH due AS (
       SELECT stream FROM (SELECT id, stream, touched_at FROM account_touch ORDER BY id LIMIT $4) oldest GROUP BY stream
       HAVING max(touched_at) <= clock_timestamp() - make_interval(secs => $2) OR min(touched_at) <= clock_timestamp() - make_interval(secs => $3)
       ORDER BY min(id) LIMIT $1),
     claimed AS (
       DELETE FROM account_touch WHERE id IN (
         SELECT t.id FROM account_touch t JOIN due USING (stream) FOR UPDATE OF t SKIP LOCKED) RETURNING stream)
     SELECT DISTINCT stream FROM claimed ORDER BY stream`,
    [accountsPerTurn, stillForMs / 1000, patienceMs / 1000, touchesPerLook],
  )) as { stream: string }[];
  return rows.map(({ stream }) => stream);
}

/** A view that rests on fewer facts never replaces one that rests on more: another instance may have been quicker. */
async function keep(tx: EntityManager, views: readonly AccountView[], foldedAt: Date): Promise<AccountView[]> {
  const rows = views.map(({ account, fold, vector, fingerprint }) => ({
    stream: account,
    fold: String(fold),
    vector,
    facts: Object.values(vector).reduce((sum, seq) => sum + seq, 0),
    fingerprint,
  }));
  const kept = (await tx.query(
    `INSERT INTO account_fingerprint AS known (stream, fold, vector, facts, fingerprint, folded_at)
     SELECT stream, fold, vector, facts, fingerprint, $2
       FROM jsonb_to_recordset($1::jsonb) AS r(stream text, fold text, vector jsonb, facts bigint, fingerprint text) ORDER BY stream
     ON CONFLICT (stream) DO UPDATE
        SET fold = EXCLUDED.fold, vector = EXCLUDED.vector, facts = EXCLUDED.facts, fingerprint = EXCLUDED.fingerprint, folded_at = EXCLUDED.folded_at
      WHERE known.facts <= EXCLUDED.facts RETURNING stream`,
    [JSON.stringify(rows), foldedAt],
  )) as { stream: string }[];
  const streams = new Set(kept.map(({ stream }) => stream));
  return views.filter(({ account }) => streams.has(account));
}

/** How far the fingerprints are behind the facts, in seconds: the age of the oldest touch that nobody has folded. */
export async function fingerprintLagSeconds(db: DataSource): Promise<number> {
  return (await longestWait(db)) ?? 0;
}

/** Null when nothing waits. */
async function longestWait(db: DataSource): Promise<number | null> {
  const [row] = (await db.query(
    'SELECT extract(epoch FROM clock_timestamp() - touched_at)::float8 AS age FROM account_touch ORDER BY id LIMIT 1',
  )) as { age: number }[];
  return row?.age ?? null;
}
