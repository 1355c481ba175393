import { setTimeout as pause } from 'node:timers/promises';
import type { PartnerSeries } from '../partner-series.js';
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

/** Somebody who tells the income of a year. */
export interface Declaring {
  readonly inhabitant: Inhabitant;
  readonly year: number;
}

interface Doors {
  readonly client: SystemClient;
  readonly seed: number;
  readonly incomes: PartnerSeries | null;
}

/** By a batch of net-entreprises, which collection takes in sets; one by one where its key is not at hand. How many were told. */
export async function tellIncomes({ client, seed, incomes }: Doors, declaring: readonly Declaring[], day: string): Promise<number> {
  if (declaring.length === 0) return 0;
  const referenceOf = ({ inhabitant: { person }, year }: Declaring): string =>
    `population-${String(seed)}-${String(person.rank)}-${String(year)}`;
  if (incomes) {
    const records = declaring.map((one) => {
      const { account, person } = one.inhabitant;
      const said = { account, year: one.year, amount: person.income(one.year), receivedOn: day, declarant: 'insured' as const };
      return { type: 'income' as const, reference: referenceOf(one), ...said };
    });
    await incomes.send(day, records);
    return records.length;
  }
  await inLanes(declaring, async (one) => {
    const { account, person } = one.inhabitant;
    const json = { year: one.year, amount: person.income(one.year), source: 'net-entreprises' };
    await onceKnown(() => client.post(`/api/collection/v1/accounts/${account}/incomes`, { as: agent, json, key: referenceOf(one) }));
  });
  return declaring.length;
}

/** The turnovers of a quarter that is over; a period that is not awaited, or was told before, changes nothing. How many were told. */
export async function declareTurnovers({ client, seed }: Doors, micro: readonly Inhabitant[], quarter: string): Promise<number> {
  let told = 0;
  await inLanes(micro, async ({ account, person }) => {
    const json = { period: quarter, activity: activityOf(person.register), amount: person.turnover(quarter), source: 'agent' };
    const key = `population-${String(seed)}-${String(person.rank)}-${quarter}`;
    const path = `/api/collection/v1/accounts/${account}/turnovers`;
    try {
      await onceKnown(() => client.post(path, { as: agent, json, key }));
      told += 1;
    } catch (error) {
      if (!(error instanceof SaidNo) || error.status >= 500) throw error;
    }
  });
  return told;
}

/** Of a micro-entrepreneur, by where their business is registered. */
export const activityOf = (register: Inhabitant['person']['register']): string =>
  ({ 'registre-du-commerce': 'vente', 'repertoire-des-metiers': 'services-artisanaux', none: 'bnc' })[register];

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
