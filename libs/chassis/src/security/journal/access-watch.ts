import type { BusinessClock } from '@isu/values';
import type { Logger } from '../../logs/logger.js';
import type { ServiceMetrics } from '../../metrics/service-metrics.js';
import { loopingWorker, type Worker } from '../../workers/worker.js';
import { actorOf } from '../policy/actors.js';
import type { Identity } from '../tokens/claims.js';
import type { Sql } from './access-journal.js';

/** More distinct accounts in an hour than a desk opens: somebody leafs through them, or somebody else has their password. */
export const mostAccountsAnHour = 200;
const hourMs = 3_600_000;

type Asker = Pick<Identity, 'sub' | 'org' | 'role'> & { readonly accounts: number };

/** Those who have opened more than that in the last hour, most first. */
export async function leafingThrough(db: Sql, now: Date): Promise<Asker[]> {
  return (await db.query(
    `SELECT sub, org, role, count(DISTINCT account)::int AS accounts FROM access_journal
      WHERE wall_at > $1 AND account IS NOT NULL GROUP BY sub, org, role HAVING count(DISTINCT account) > $2 ORDER BY accounts DESC, sub`,
    [new Date(now.getTime() - hourMs), mostAccountsAnHour],
  )) as Asker[];
}

interface WatchParts {
  readonly db: Sql;
  readonly clock: Pick<BusinessClock, 'now'>;
  readonly log: Logger;
  readonly metrics: Pick<ServiceMetrics, 'accessAlarm'>;
  readonly everyMs?: number;
}

/** Rings once an hour for each of them. Who it is stays in the journal: the line names their office and how many accounts. */
export function accessWatch({ db, clock, log, metrics, everyMs = 30_000 }: WatchParts): Worker {
  const quietUntilMs = new Map<string, number>();
  return loopingWorker({
    name: 'access-watch',
    everyMs,
    log,
    turn: async () => {
      const now = clock.now();
      for (const [sub, untilMs] of quietUntilMs) if (untilMs <= now.getTime()) quietUntilMs.delete(sub);
      for (const { sub, accounts, ...office } of await leafingThrough(db, now)) {
        if (quietUntilMs.has(sub)) continue;
        quietUntilMs.set(sub, now.getTime() + hourMs);
        metrics.accessAlarm();
        const fields = { alarm: 'many-accounts-opened', actor: actorOf(office) ?? 'nobody', count: accounts };
        log.error(fields, 'somebody opened more accounts within an hour than a desk does');
      }
      return false;
    },
  });
}
