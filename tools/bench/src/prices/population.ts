import { price, readSituation } from '@isu/calc';
import { Money } from '@isu/values';

const statuses = ['commercant', 'artisan', 'profession-liberale'] as const;
const activities = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'] as const;

/** Persons of every status and year, no two alike in a row; always the same ones. */
function personOf(rank: number): object {
  const year = 2012 + (rank % 15);
  const euros = String((rank * 7_919) % 200_000);
  if (rank % 10 < 3) {
    return { year, status: 'micro-entrepreneur', turnover: euros, activity: activities[rank % 5], period: `${String(year)}-Q4` };
  }
  const declared = year < 2025 ? { income: euros } : { grossIncome: euros };
  return { year, status: statuses[rank % 3], stage: 'definitive', ...declared };
}

export interface PopulationPriced {
  readonly seconds: number;
  /** What is kept, rubbish collected, at the end beyond what was once a tenth of the population was priced, in MB. */
  readonly keptMb: number;
  /** The most that the process held, in MB. */
  readonly peakMb: number;
}

/** Reads and prices so many persons one after the other, keeping their sum only; seconds are those of the processor. */
function pricePopulation(persons: number): PopulationPriced {
  const start = process.cpuUsage();
  let total = Money.zero;
  let settledMb = 0;
  for (let rank = 0; rank < persons; rank += 1) {
    total = total.plus(price(readSituation(personOf(rank))).total);
    if (rank === persons / 10) settledMb = heapMb();
  }
  if (!total.isPositive) throw new Error('a population that owes nothing was not priced');
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1_000_000, keptMb: heapMb() - settledMb, peakMb: process.resourceUsage().maxRSS / 1_024 };
}

/** In use once the collector has passed: the process is started with `--expose-gc`. */
function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

// In a process of its own: what the rest of the bench keeps in memory is not the law's.
process.send?.(pricePopulation(Number(process.argv[2])));
