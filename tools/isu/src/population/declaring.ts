import { setTimeout as pause } from 'node:timers/promises';
import type { TurnoverRecord } from '@isu/contracts';
import { Day, Quarter } from '@isu/values';
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
  readonly turnovers: PartnerSeries | null;
}

/** By a batch of net-entreprises, empty if nobody declares, which collection takes in sets; one by one where its key is not at hand. How many were told. */
export async function tellIncomes(
  { client, seed, incomes }: Omit<Doors, 'turnovers'>,
  declaring: readonly Declaring[],
  day: string,
): Promise<number> {
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

/**
 * The turnovers of quarters that are over, by a batch of their portal, or one by one where its key is not at hand; told before, they change
 * nothing. The first quarter that is awaited reaches back to the start of the activity. How many were told.
 */
export async function tellTurnovers(
  { client, seed, turnovers }: Doors,
  micro: readonly Inhabitant[],
  { quarters, sellsFrom }: { readonly quarters: readonly Quarter[]; readonly sellsFrom: Day },
): Promise<number> {
  const telling = quarters.flatMap((quarter) =>
    micro.flatMap((one) => {
      const said = turnoverOf(one, quarter, sellsFrom);
      const reference = `population-${String(seed)}-${String(one.person.rank)}-${quarter.toString()}`;
      return said ? [{ account: one.account, said, reference }] : [];
    }),
  );
  const ended = quarters.at(-1)?.last.iso;
  if (ended === undefined) return 0;
  if (turnovers) {
    const more = { type: 'turnover' as const, receivedOn: ended, declarant: 'insured' as const };
    const records = telling.map(({ account, said, reference }) => ({ ...more, reference, account, ...said }));
    // In the batch of the month with which the last quarter ended.
    await turnovers.send(ended, records);
    return records.length;
  }
  await inLanes(telling, async ({ account, said, reference }) => {
    const path = `/api/collection/v1/accounts/${account}/turnovers`;
    await onceKnown(() => client.post(path, { as: agent, json: { ...said, source: 'agent' }, key: reference }));
  });
  return telling.length;
}

/** Undefined for a quarter that is not awaited of this person, or that they never tell; nil for one that ended before anything was sold. */
export function turnoverOf({ person }: Pick<Inhabitant, 'person'>, quarter: Quarter, sellsFrom: Day) {
  const begun = Quarter.containing(Day.of(person.startedOn));
  const isAwaited = begun.last.isBefore(quarter.first) && person.endsOn >= quarter.first.iso;
  if (!isAwaited || !person.tellsTurnover(quarter.toString())) return undefined;
  const covered = (begun.next.equals(quarter) ? [begun, quarter] : [quarter]).filter(({ last }) => last.atLeast(sellsFrom));
  const amount = covered.reduce((sum, one) => sum + Number(person.turnover(one.toString())), 0);
  return { period: quarter.toString(), activity: activityOf(person.register), amount: String(amount) };
}

/** Of a micro-entrepreneur, by where their business is registered. */
export const activityOf = (register: Inhabitant['person']['register']): TurnoverRecord['activity'] =>
  ({ 'registre-du-commerce': 'vente', 'repertoire-des-metiers': 'services-artisanaux', none: 'bnc' } as const)[register];

/** Collection hears of a person a moment after affiliation: until then it does not know the account. */
export async function onceKnown(ask: () => Promise<unknown>): Promise<void> {
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
