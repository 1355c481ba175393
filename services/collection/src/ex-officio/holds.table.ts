import type { Flows } from '@isu/account';
import { plusWorkingDays, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Hold } from './ex-officio.js';

/** A partner sends its incomes every working day; what is not here after two is late. */
const calendarInWorkingDays = 2;

/** Whether declarations may be missing for everybody: a gap, or a flow of incomes that is behind its calendar. */
export function flowsHold(flows: Flows, today: Day): Hold | null {
  const awaited = plusWorkingDays(today, -calendarInWorkingDays).iso;
  const carriers = Object.entries(flows).filter(([stream]) => stream.endsWith('/incomes'));
  const isShort = carriers.some(
    ([, { openGaps, completedThrough }]) => openGaps.length > 0 || completedThrough === null || completedThrough < awaited,
  );
  return isShort ? 'flow-incomplete' : null;
}

/** Accounts of which something is known to be on its way, or to have come without being retained. */
export async function accountsHeld(
  tx: Pick<EntityManager, 'query'>,
  accounts: readonly string[],
  year: number,
): Promise<Map<string, Hold>> {
  const rows: { account: string; hold: Hold }[] = await tx.query(
    `SELECT DISTINCT stream AS account, 'declaration-not-retained' AS hold FROM fact
      WHERE author = 'urssaf-sync' AND type = 'urssaf-sync.income-received.v1' AND stream = ANY($1)
        AND (envelope -> 'data' ->> 'year')::int = $2 AND envelope -> 'data' ->> 'kind' = 'declared'
     UNION ALL
     SELECT DISTINCT stream, 'fact-set-aside' FROM set_aside WHERE author = 'urssaf-sync' AND stream = ANY($1)`,
    [accounts, year],
  );
  return new Map(rows.map(({ account, hold }) => [account, hold]));
}
