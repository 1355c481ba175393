import { setTimeout as pause } from 'node:timers/promises';
import { affiliateTraders } from '@isu/distributed';
import { percentile, type Figure, type Section } from '../section.js';
import { withEmptySystem, type EmbeddedProcess } from '../systems/embedded-process.js';
import { measuringAgent, MeasuringUrssaf } from '../systems/payments.js';
import { Sightings } from './sightings.js';

const sizes = {
  whole: { accounts: 600, roundMs: 12_000, rates: [50, 100, 200, 300, 450, 600, 900] },
  quick: { accounts: 40, roundMs: 2_000, rates: [20] },
};
const batchesPerSecond = 2;
const settleWithinMs = 30_000;
/** A rate holds when it meets our promise of F49 and everything sent has arrived. */
const mostP99Ms = 1_000;

interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly arrived: number;
  readonly sent: number;
  /** Processor time a payment, Node and PostgreSQL together. */
  readonly costMs: number;
}

/** One payment, from the moment its batch is due to be sent, to its standing in the three services that show accounts. */
export const latency: Section = {
  name: 'latency',
  title: 'One payment, from batch sent to visible in all three views',
  measure: ({ tell, quick }) =>
    withEmptySystem(async (system) => {
      const { accounts, roundMs, rates } = quick ? sizes.quick : sizes.whole;
      tell(`affiliating ${String(accounts)} people`);
      const urssaf = new MeasuringUrssaf(system.client, system.folder, await affiliateTraders(system.client, accounts, measuringAgent));
      await measureRound({ system, urssaf, rate: 20, roundMs });
      const rounds: Round[] = [];
      for (const rate of rates) {
        tell(`${String(rate)} payments a second`);
        const round = await measureRound({ system, urssaf, rate, roundMs });
        rounds.push(round);
        if (!isHeld(round)) break;
      }
      return figures(rounds);
    }),
};

const isHeld = ({ p99, arrived, sent }: Round): boolean => arrived === sent && p99 <= mostP99Ms;

interface RoundToRun {
  readonly system: EmbeddedProcess;
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
    const start = performance.now() + 100;
    const rounds = (roundMs / 1_000) * batchesPerSecond;
    for (let sent = 0; sent < rounds; sent += 1) {
      const due = start + (sent * 1_000) / batchesPerSecond;
      const { batch, references } = urssaf.next(Math.round(rate / batchesPerSecond));
      for (const reference of references) dueAt.set(reference, due);
      await pause(Math.max(0, due - performance.now()));
      await urssaf.send(batch);
    }
    await untilArrived(sightings, dueAt.size);
    const after = system.spentMs;
    const costMs = (after.node - before.node + after.postgres - before.postgres) / dueAt.size;
    return { rate, costMs, ...summary(dueAt, await sightings.visible()) };
  } finally {
    await sightings.close();
  }
}

/** Two facts for each payment, in each of three services. */
const sightsAPayment = 6;

async function untilArrived(sightings: Sightings, payments: number): Promise<void> {
  const limit = performance.now() + settleWithinMs;
  while (sightings.count < payments * sightsAPayment && performance.now() < limit) await pause(50);
}

function summary(dueAt: ReadonlyMap<string, number>, visible: ReadonlyMap<string, number>): Omit<Round, 'rate' | 'costMs'> {
  const waits = [...dueAt].flatMap(([reference, due]) => {
    const at = visible.get(reference);
    return at === undefined ? [] : [at - due];
  });
  waits.sort((a, b) => a - b);
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99), arrived: waits.length, sent: dueAt.size };
}

function figures(rounds: readonly Round[]): Figure[] {
  const highest = rounds.filter(isHeld).at(-1);
  return [
    ...rounds.flatMap((round): Figure[] => [
      { name: `${String(round.rate)}/s, p50`, value: round.p50, unit: 'ms' },
      {
        name: `${String(round.rate)}/s, p99`,
        value: round.p99,
        unit: 'ms',
        limit: { at: 'most', value: mostP99Ms },
        note: `${String(round.arrived)} of ${String(round.sent)} payments seen; ${round.costMs.toFixed(1)} ms of processor each`,
      },
    ]),
    {
      name: 'highest rate that holds',
      value: highest?.rate ?? 0,
      unit: '/s',
      limit: { at: 'least', value: 300 },
      note: 'p99 ≤ 1 s and nothing left behind; the bench shares the processor',
    },
  ];
}
