import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { explain } from './calculate.js';
import { readSituation } from './reading.js';
import { pricedYears, rulesVersion } from './revisions.js';

/** The fact the law asks for: since the single base, the gross income. */
const earned = (year: number) => (year < 2025 ? 'income' : 'grossIncome');

/** What the rules of a year answer over a grid wide enough to meet each floor, threshold and cap of each status. */
function fingerprint(year: number): string {
  const incomes = Array.from({ length: 120 }, (_, i) => `${i * 1_999 - 7_000}`);
  const assessed = incomes.flatMap((income) =>
    ['artisan', 'commercant', 'profession-liberale'].flatMap((status) => [
      { year, status, stage: 'definitive', [earned(year)]: income },
      { year, status, stage: 'definitive', [earned(year)]: income, rsa: true, collaboratingSpouse: true, startedOn: `${year}-07-01` },
      ...(year === 2025 ? [{ year, status, stage: 'provisional', income }] : []),
    ]),
  );
  const health = ['medecin', 'chirurgien-dentiste', 'autres'].map((curps) => ({
    year,
    status: 'profession-liberale',
    stage: 'definitive',
    [earned(year)]: '30000',
    curps,
  }));
  const flat = ['flat-first-year', ...(year === 2012 ? [] : ['flat-second-year'])].map((stage) => ({ year, status: 'commercant', stage }));
  const micro = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'].flatMap((activity) =>
    (year < 2019 ? ['Q1', 'Q2'] : ['Q1', 'Q2', 'Q3', 'Q4']).map((quarter) => ({
      year,
      status: 'micro-entrepreneur',
      turnover: '10000',
      activity,
      incomeTaxOption: true,
      period: `${year}-${quarter}`,
    })),
  );
  const starters = incomes
    .filter((_, i) => i % 5 === 0)
    .flatMap((income) => [
      { year, status: 'artisan', stage: 'definitive', [earned(year)]: income, acre: true, startedOn: `${year}-02-01` },
      { year, status: 'commercant', stage: 'definitive', [earned(year)]: income, collaboratingSpouse: true, spouseBase: 'shared-third' },
    ]);
  const answers = [...assessed, ...health, ...flat, ...micro, ...starters].map((json) =>
    explain(readSituation(json)).lines.map(({ code, amount, derivation }) => `${code} ${amount} ${derivation.expression}`),
  );
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(answers)))).slice(0, 16);
}

/**
 * When this goes red, a parameter or a formula has changed what some year answers: raise the revision of that year in
 * `revisions.ts`, then write the new fingerprint here, in the same commit as the case that proves the change. (When only the way an
 * expression is written has changed, the answers being the same, the new fingerprint is enough.)
 */
const published: Record<string, string> = {
  '2012.1': '267c1f5bfbf351a5',
  '2013.1': '5edd23dcc266bdad',
  '2014.1': '93073266cb6c7394',
  '2015.1': '8c5fc48d96cdbced',
  '2016.1': 'ab8aa9b3296cc924',
  '2017.1': '948cb849109141fd',
  '2018.2': '263780f2a18f1520',
  '2019.2': '57034322a068f97a',
  '2020.2': '7fd54898b7da03e7',
  '2021.2': '17c0ebc6195eb4df',
  '2022.1': 'd2ea983565e6b6c9',
  '2023.1': '783e5849218fb23a',
  '2024.1': '46693d6259303474',
  '2025.2': 'ca38cb5d0a41db88',
  '2026.2': 'f4b0a6923513d3c6',
};

describe('I6 — the version of the rules says which law priced', () => {
  it.each(pricedYears.map((year) => [year]))('%s: the rules are those of their published version', (year) => {
    expect({ [rulesVersion(year)]: fingerprint(year) }).toEqual({ [rulesVersion(year)]: published[rulesVersion(year)] });
  });
});
