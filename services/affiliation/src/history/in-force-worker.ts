import { loopingWorker, serviceScope, setScope, type ServiceContext, type Worker } from '@isu/chassis';
import type { History } from './history.js';
import { findChanges, lockDue } from './history.table.js';

const batch = 200;

type Context = Pick<ServiceContext, 'db' | 'clock' | 'log'>;

/** Lets the rows of people show what was said in advance, on the day it comes into force. */
export const inForceWorker = (context: Context, history: History): Worker =>
  loopingWorker({
    name: 'changes-in-force',
    everyMs: 30_000,
    log: context.log,
    turn: async () => (await showDueChanges(context, history)) === batch,
  });

/** Works one batch out, and answers how many people it held. Killed at any point, it leaves the batch to the next turn. */
export const showDueChanges = ({ db, clock }: Omit<Context, 'log'>, history: History): Promise<number> =>
  db.transaction(async (tx) => {
    await setScope(tx, serviceScope);
    const accounts = await lockDue(tx, clock.today().iso, batch);
    for (const account of accounts) await history.showInForce(tx, account, await findChanges(tx, account));
    return accounts.length;
  });
