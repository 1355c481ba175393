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
  const answers = [...assessed, ...health, ...flat, ...micro].map((json) =>
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
  '2012.1': '0031eb482eeefc57',
  '2013.1': '3fe34d6e3a276561',
  '2014.1': '958037bf17d8b567',
  '2015.1': 'bfcb9c20c52dd8e2',
  '2016.1': '58ece21628665ae4',
  '2017.1': 'dbb010f07d1cbeab',
  '2018.1': 'fa7ffdab60a5fe83',
  '2019.1': 'd7c911f342cacad4',
  '2020.1': '6ef7d454b13120e5',
  '2021.1': 'a8fdbbdd6827d99a',
  '2022.1': '8fb6bb80f5b5ad16',
  '2023.1': '52c9653367d970c2',
  '2024.1': '595bcfdd1c8d7ffd',
  '2025.1': '20cf6070e1f009a2',
  '2026.1': '7e90dc511f6a721c',
};

describe('I6 — the version of the rules says which law priced', () => {
  it.each(pricedYears.map((year) => [year]))('%s: the rules are those of their published version', (year) => {
    expect({ [rulesVersion(year)]: fingerprint(year) }).toEqual({ [rulesVersion(year)]: published[rulesVersion(year)] });
  });
});
