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
  /** Resident memory once a tenth of the population is priced, and the most it held from there on, in MB. */
  readonly settledMb: number;
  readonly peakMb: number;
}

/** Reads and prices so many persons one after the other, keeping their sum only; seconds are those of the processor. */
function pricePopulation(persons: number): PopulationPriced {
  const step = persons / 100;
  const start = process.cpuUsage();
  let total = Money.zero;
  let settledMb = 0;
  let peakMb = 0;
  for (let rank = 0; rank < persons; rank += 1) {
    total = total.plus(price(readSituation(personOf(rank))).total);
    if (rank % step !== 0 || rank < persons / 10) continue;
    const residentMb = process.memoryUsage.rss() / 2 ** 20;
    if (settledMb === 0) settledMb = residentMb;
    peakMb = Math.max(peakMb, residentMb);
  }
  if (!total.isPositive) throw new Error('a population that owes nothing was not priced');
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1_000_000, settledMb, peakMb };
}

// In a process of its own: what the rest of the bench keeps in memory is not the law's.
process.send?.(pricePopulation(Number(process.argv[2])));
