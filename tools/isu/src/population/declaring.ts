import { setTimeout as pause } from 'node:timers/promises';
import { SaidNo, type SystemClient } from '../system-client.js';
import { agent, type Inhabitant } from './moving-in.js';

const lanes = 8;
const patienceMs = 60_000;
const restMs = 250;

/** Several at a time, each taking the next when it is done. */
export async function inLanes<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let one = list[next++]; one !== undefined; one = list[next++]) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The incomes of the years before `year`, oldest first, of those who are not micro-entrepreneurs: how many were told. */
export async function declareIncomes(
  client: SystemClient,
  inhabitants: readonly Inhabitant[],
  { year, years, seed }: { year: number; years: number; seed: number },
): Promise<number> {
  let told = 0;
  await inLanes(inhabitants, async ({ person, account }) => {
    if (person.regime === 'micro-social') return;
    const first = Math.max(year - years, Number(person.startedOn.slice(0, 4)));
    for (let of = first; of < year; of += 1) {
      const json = { year: of, amount: person.income(of), source: 'net-entreprises' };
      const key = `population-${String(seed)}-${String(person.rank)}-${String(of)}`;
      await onceKnown(() => client.post(`/api/collection/v1/accounts/${account}/incomes`, { as: agent, json, key }));
      told += 1;
    }
  });
  return told;
}

/** Collection hears of a person a moment after affiliation: until then it does not know the account. */
async function onceKnown(ask: () => Promise<unknown>): Promise<void> {
  const limit = performance.now() + patienceMs;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!(error instanceof SaidNo) || error.status !== 404 || performance.now() > limit) throw error;
      await pause(restMs);
    }
  }
}
