import { setTimeout as pause } from 'node:timers/promises';
import { percentile, type Figure } from '../section.js';
import { spentBetween, sumOf, type MeasuredSystem } from '../systems/measured-system.js';
import type { MeasuringUrssaf } from '../systems/payments.js';
import { Sightings } from './sightings.js';

/** Rates to climb, and those of them that are measured whether lower ones held or not. */
const ladders = {
  whole: { roundMs: 8_000, rates: [50, 100, 200, 300, 450, 600, 1_000], always: new Set([50, 300, 1_000]) },
  quick: { roundMs: 2_000, rates: [20], always: new Set([20]) },
};
/** Before anything is measured: until a round costs the processor no less than nine tenths of the one before it, for processes begin cold. */
const warmUp = { rate: 20, roundMs: 4_000, most: 8, noCheaper: 0.9 };
const batchesPerSecond = 2;
/** What comes too fast is waited for, so that the next round finds nothing left of it. */
const settleWithinMs = 60_000;
/** Seldom enough that counting them costs the system nothing that shows. */
const countEveryMs = 300;
/** A rate holds when it meets our promise of F49 and everything sent has arrived. */
const mostP99Ms = 1_000;
/** Two facts for each payment, in each of three services. */
const sightsAPayment = 6;

export interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly arrived: number;
  readonly sent: number;
  /** Processor time a payment, everything together. */
  readonly costMs: number;
}

export interface Climb {
  readonly system: MeasuredSystem;
  readonly urssaf: MeasuringUrssaf;
  readonly quick: boolean;
  readonly tell: (text: string) => void;
}

/** As the server stamps its commits, on the same machine. */
const sinceEpochMs = (): number => performance.timeOrigin + performance.now();

const isHeld = ({ p99, arrived, sent }: Round): boolean => arrived === sent && p99 <= mostP99Ms;

/** Payments at rate after rate, each for some seconds, until one does not hold; then only what is always measured. */
export async function climb({ system, urssaf, quick, tell }: Climb): Promise<Round[]> {
  const { roundMs, rates, always } = quick ? ladders.quick : ladders.whole;
  tell('warming up');
  await becomeWarm(system, urssaf);
  const rounds: Round[] = [];
  for (const rate of rates) {
    if (!always.has(rate) && !rounds.every(isHeld)) continue;
    tell(`${String(rate)} payments a second`);
    rounds.push(await measureRound({ system, urssaf, rate, roundMs }));
  }
  return rounds;
}

async function becomeWarm(system: MeasuredSystem, urssaf: MeasuringUrssaf): Promise<void> {
  let before = Infinity;
  for (let round = 0; round < warmUp.most; round += 1) {
    const { costMs } = await measureRound({ system, urssaf, ...warmUp });
    if (costMs >= before * warmUp.noCheaper) return;
    before = costMs;
  }
}

interface RoundToRun {
  readonly system: MeasuredSystem;
  readonly urssaf: MeasuringUrssaf;
  readonly rate: number;
  readonly roundMs: number;
}

/** Batches leave on their own beat, whatever became of those before: a system that falls behind is seen to. */
async function measureRound({ system, urssaf, rate, roundMs }: RoundToRun): Promise<Round> {
  const sightings = await Sightings.open(system.databaseUrl());
  try {
    const dueAt = new Map<string, number>();
    const before = system.spentMs;
    const start = sinceEpochMs() + 100;
    const rounds = (roundMs / 1_000) * batchesPerSecond;
    for (let sent = 0; sent < rounds; sent += 1) {
      const due = start + (sent * 1_000) / batchesPerSecond;
      const { batch, references } = urssaf.next(Math.round(rate / batchesPerSecond));
      for (const reference of references) dueAt.set(reference, due);
      await pause(Math.max(0, due - sinceEpochMs()));
      await urssaf.send(batch);
    }
    await untilArrived(sightings, dueAt.size);
    const costMs = sumOf(spentBetween(before, system.spentMs)) / dueAt.size;
    return { rate, costMs, ...summary(dueAt, await sightings.visible()) };
  } finally {
    await sightings.close();
  }
}

async function untilArrived(sightings: Sightings, payments: number): Promise<void> {
  const limit = performance.now() + settleWithinMs;
  while ((await sightings.count()) < payments * sightsAPayment && performance.now() < limit) await pause(countEveryMs);
}

function summary(dueAt: ReadonlyMap<string, number>, visible: ReadonlyMap<string, number>): Omit<Round, 'rate' | 'costMs'> {
  const waits = [...dueAt].flatMap(([reference, due]) => {
    const at = visible.get(reference);
    return at === undefined ? [] : [at - due];
  });
  waits.sort((a, b) => a - b);
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99), arrived: waits.length, sent: dueAt.size };
}

/** `of` names the system where a section measures several. */
export function climbFigures(rounds: readonly Round[], { of = '', leastRate }: { of?: string; leastRate?: number } = {}): Figure[] {
  const highest = rounds.slice(0, firstMissed(rounds)).at(-1);
  return [
    ...rounds.flatMap((round): Figure[] => [
      { name: `${of}${String(round.rate)}/s, p50`, value: round.p50, unit: 'ms' },
      {
        name: `${of}${String(round.rate)}/s, p99`,
        value: round.p99,
        unit: 'ms',
        limit: { at: 'most', value: mostP99Ms },
        note: `${String(round.arrived)} of ${String(round.sent)} payments seen; ${round.costMs.toFixed(1)} ms of processor each`,
      },
    ]),
    {
      name: `${of}highest rate that holds`,
      value: highest?.rate ?? 0,
      unit: '/s',
      ...(leastRate !== undefined && { limit: { at: 'least', value: leastRate } }),
      note: 'p99 ≤ 1 s and nothing left behind; the bench shares the processor',
    },
  ];
}

/** The first that does not hold ends the climb: what holds above it holds by luck. */
function firstMissed(rounds: readonly Round[]): number {
  const at = rounds.findIndex((round) => !isHeld(round));
  return at < 0 ? rounds.length : at;
}
