import { drawing, drawnIncome, type Draw } from '../draw.js';

/** One situation of an invented person, as `readSituation` reads it. */
export type GeneratedSituation = Readonly<Record<string, unknown>>;

/** Shares of the statuses, in percent; invented, and only meant to meet every rule. */
const statuses: readonly (readonly [upTo: number, make: (draw: Draw, year: number) => GeneratedSituation])[] = [
  [30, (draw, year) => assessed('commercant', draw, year)],
  [55, (draw, year) => assessed('artisan', draw, year)],
  [70, (draw, year) => assessed('profession-liberale', draw, year)],
  [100, microEntrepreneur],
];

/** Always the same persons for the same seed: a rehearsal can be repeated, and discussed. */
export function* generatedPopulation(persons: number, { year, seed }: { year: number; seed: number }): Generator<GeneratedSituation> {
  const draw = drawing(seed);
  for (let i = 0; i < persons; i += 1) {
    const place = draw(100);
    const [, make] = statuses.find(([upTo]) => place < upTo) ?? [0, microEntrepreneur];
    yield make(draw, year);
  }
}

const assessed = (status: string, draw: Draw, year: number): GeneratedSituation => ({
  year,
  status,
  stage: 'definitive',
  [year < 2025 ? 'income' : 'grossIncome']: drawnIncome(draw),
  ...(draw(20) === 0 && { rsa: true }),
  ...(status !== 'profession-liberale' && draw(12) === 0 && { collaboratingSpouse: true }),
});

const activities = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'] as const;

function microEntrepreneur(draw: Draw, year: number): GeneratedSituation {
  const activity = activities[draw(activities.length)] ?? 'vente';
  return {
    year,
    status: 'micro-entrepreneur',
    activity,
    turnover: String(draw(activity === 'vente' ? 82_200 : 32_900)),
    period: `${String(year)}-Q4`,
    ...(draw(3) === 0 && { incomeTaxOption: true }),
  };
}
