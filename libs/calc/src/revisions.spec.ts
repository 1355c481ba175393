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
  '2012.1': '2e62be5e585b0bbe',
  '2013.1': '96681d14d1148ebf',
  '2014.1': '5b4a1ffdf8cb517d',
  '2015.1': 'd7b69411cbd696f3',
  '2016.1': '8381642f93c0c239',
  '2017.1': '1b9531f323aae025',
  '2018.2': '295532e17aa44e2e',
  '2019.2': '53f6039d96eb8517',
  '2020.2': '22e013d6677e1f54',
  '2021.2': '43825ea6cf145eb2',
  '2022.1': 'a52ffa479d1dcaef',
  '2023.1': '7e5820ba046bbcdb',
  '2024.1': '500862a9723fc6f2',
  '2025.1': 'c96ea3f56c616436',
  '2026.1': '1ea8cd8a71116587',
};

describe('I6 — the version of the rules says which law priced', () => {
  it.each(pricedYears.map((year) => [year]))('%s: the rules are those of their published version', (year) => {
    expect({ [rulesVersion(year)]: fingerprint(year) }).toEqual({ [rulesVersion(year)]: published[rulesVersion(year)] });
  });
});
