import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { explain } from './calculate.js';
import { readSituation } from './reading.js';
import { pricedYears, rulesVersion } from './revisions.js';

/** What the rules of a year answer over a grid wide enough to meet each floor, threshold and cap of each status. */
function fingerprint(year: number): string {
  const incomes = Array.from({ length: 120 }, (_, i) => `${i * 1_999 - 7_000}`);
  const assessed = incomes.flatMap((income) =>
    ['artisan', 'commercant', 'profession-liberale'].flatMap((status) => [
      { year, status, stage: 'definitive', income },
      { year, status, stage: 'definitive', income, rsa: true, collaboratingSpouse: true, startedOn: `${year}-07-01` },
    ]),
  );
  const health = ['medecin', 'chirurgien-dentiste', 'autres'].map((curps) => ({
    year,
    status: 'profession-liberale',
    stage: 'definitive',
    income: '30000',
    curps,
  }));
  const flat = ['flat-first-year', 'flat-second-year'].map((stage) => ({ year, status: 'commercant', stage }));
  const micro = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'].flatMap((activity) =>
    ['Q1', 'Q2'].map((quarter) => ({
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
  '2013.1': '3fe34d6e3a276561',
  '2014.1': '958037bf17d8b567',
  '2015.1': 'bfcb9c20c52dd8e2',
  '2016.1': '58ece21628665ae4',
  '2017.1': 'dbb010f07d1cbeab',
  '2018.1': 'fa7ffdab60a5fe83',
};

describe('I6 — the version of the rules says which law priced', () => {
  it.each(pricedYears.map((year) => [year]))('%s: the rules are those of their published version', (year) => {
    expect({ [rulesVersion(year)]: fingerprint(year) }).toEqual({ [rulesVersion(year)]: published[rulesVersion(year)] });
  });
});
