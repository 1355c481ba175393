import { balancesSinceClose } from '@isu/ledger';
import type { EntityManager } from 'typeorm';
import { periodsOf } from './period.js';
import type { Known, Statement } from './statement.js';

/** The account as its books tell it, now or as it was known at an instant. */
export async function readStatement(tx: Pick<EntityManager, 'query'>, account: string, { on, at }: Known): Promise<Statement> {
  const { closedThrough, closed, current } = await balancesSinceClose(tx, account, at);
  return {
    ...{ account, knownOn: on, current: periodsOf(current) },
    closed: closedThrough && { accountingDay: closedThrough, ...periodsOf(closed) },
  };
}
