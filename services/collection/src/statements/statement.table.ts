import { balancesSinceClose, lastClosedDay } from '@isu/ledger';
import type { DataSource } from 'typeorm';
import { periodsOf } from './period.js';
import type { Known, Statement } from './statement.js';

/** Both readings from one snapshot, so that they differ by what was booked since the close and by nothing else. */
export function readStatement(db: DataSource, account: string, { on, at }: Known): Promise<Statement> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const day = await lastClosedDay(tx, at);
    const { closed, current } = await balancesSinceClose(tx, account, { through: day, knownAt: at });
    return {
      ...{ account, knownOn: on, current: periodsOf(current) },
      closed: day && { accountingDay: day, ...periodsOf(closed) },
    };
  });
}
