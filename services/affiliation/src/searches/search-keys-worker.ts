import { loopingWorker, serviceScope, setScope, type ServiceContext, type Worker } from '@isu/chassis';
import { identityPlace, type Identity } from '../insured-persons/insured-person.js';
import { searchKeysOf } from './search-keys.js';
import { lockWithoutKeys, saveKeys } from './search.table.js';

const batch = 200;

type Context = Pick<ServiceContext, 'db' | 'protection' | 'log'>;

/** Gives search keys to people registered before there were any; afterwards it finds nothing to do. */
export const searchKeysWorker = (context: Context): Worker =>
  loopingWorker({ name: 'search-keys', everyMs: 30_000, log: context.log, turn: async () => (await makeSearchKeys(context)) === batch });

/** Works one batch out, and answers how many people it held. Killed at any point, it leaves the batch to the next turn. */
export function makeSearchKeys({ db, protection }: Omit<Context, 'log'>): Promise<number> {
  return db.transaction(async (tx) => {
    await setScope(tx, serviceScope);
    const people = await lockWithoutKeys(tx, batch);
    const identities = await protection.openMany(
      tx,
      identityPlace,
      people.map(({ personId, identitySealed }) => ({ personId, sealed: identitySealed })),
    );
    await saveKeys(
      tx,
      people.map(({ account }, rank) => ({ account, ...searchKeysOf(protection, JSON.parse(identities[rank] ?? '') as Identity) })),
    );
    return people.length;
  });
}
