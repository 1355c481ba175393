/**
 * Prices per second, from parsed situations, one thread; `npm run bench` calls `benchPrice`, or run it alone after a build:
 * `node libs/calc/bench/price.mjs`. It asserts nothing: a time is a figure to read, not a test.
 */
import { performance } from 'node:perf_hooks';
import { explain, price, readSituation } from '@isu/calc';

/** Incomes from a loss to far above five PASS, and every status, in a fixed order. */
export function situations(count) {
  const incomes = Array.from({ length: 997 }, (_, i) => String(i * 211 - 5_000));
  const kinds = [
    (income) => ({ year: 2016, status: 'commercant', stage: 'definitive', income }),
    (income) => ({ year: 2016, status: 'artisan', stage: 'provisional', income, collaboratingSpouse: true }),
    (income) => ({ year: 2018, status: 'commercant', stage: 'definitive', income }),
    (income) => ({ year: 2016, status: 'profession-liberale', stage: 'definitive', income, declaredPensionContributions: '3000' }),
    () => ({ year: 2016, status: 'commercant', stage: 'flat-first-year' }),
    () => ({ year: 2016, status: 'micro-entrepreneur', turnover: '20000', activity: 'vente', incomeTaxOption: true }),
  ];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length](incomes[i % incomes.length]));
}

function perSecond(items, work, milliseconds) {
  let done = 0;
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (const item of items) work(item);
    done += items.length;
    elapsed = performance.now() - start;
  }
  return Math.round((done * 1000) / elapsed);
}

export function benchPrice({ milliseconds = 2_000 } = {}) {
  const json = situations(6_000);
  const trader = json
    .filter(({ year, status, stage }) => year === 2016 && status === 'commercant' && stage === 'definitive')
    .map(readSituation);
  const all = json.map(readSituation);
  for (const situation of all) explain(situation);
  perSecond(all, price, milliseconds / 2);
  return {
    'price, commerçant 2016': perSecond(trader, (situation) => price(situation), milliseconds),
    'price, every status': perSecond(all, (situation) => price(situation), milliseconds),
    'readSituation + price + JSON text': perSecond(json, (situation) => JSON.stringify(price(readSituation(situation))), milliseconds),
    explain: perSecond(all, (situation) => explain(situation), milliseconds),
  };
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(benchPrice());
