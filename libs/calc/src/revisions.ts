import { PricingRefusal } from './refusal.js';

/**
 * The revision of the rules of each contribution year. An assessment keeps the version that priced it; a change of a parameter or
 * of a formula raises the revision of the years it touches (revisions.spec.ts goes red until it is raised).
 */
const revisions: ReadonlyMap<number, number> = new Map([
  [2012, 1],
  [2013, 1],
  [2014, 1],
  [2015, 1],
  [2016, 1],
  [2017, 1],
  [2018, 2],
  [2019, 2],
  [2020, 2],
  [2021, 2],
  [2022, 1],
  [2023, 1],
  [2024, 1],
  [2025, 2],
  [2026, 2],
]);

export const pricedYears: readonly number[] = [...revisions.keys()];
export const pricedYearsInWords = `une année de ${Math.min(...pricedYears)} à ${Math.max(...pricedYears)}`;

const versions: ReadonlyMap<number, string> = new Map([...revisions].map(([year, revision]) => [year, `${year}.${revision}`]));

/** `2016.1`; refuses the years whose rules are not written. */
export function rulesVersion(year: number): string {
  const version = versions.get(year);
  if (version === undefined) {
    throw new PricingRefusal('unknown-year', {
      field: 'year',
      detail: 'Les règles de cette année ne sont pas connues.',
      accepted: pricedYearsInWords,
    });
  }
  return version;
}
