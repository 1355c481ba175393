import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const cfpOf = (activity: string, turnover: string) =>
  price(readSituation({ year: 2016, status: 'micro-entrepreneur', activity, turnover }))
    .lines.find(({ code }) => code === 'cfp')
    ?.amount.toString();

describe('Code du travail L. 6331-48 — CFP of a micro-entrepreneur, a share of the turnover', () => {
  it.each([
    ['sales, 0.10 %: 82 200 gives 82.20', 'vente', '82200', '82'],
    ['sales, half a euro goes up: 500 gives 0.50', 'vente', '500', '1'],
    ['commercial services, 0.20 % (unsure: 0.10 %)', 'services-commerciaux', '15000', '30'],
    ['craft services, 0.30 %', 'services-artisanaux', '15000', '45'],
    ['liberal, 0.20 %: 12 345 gives 24.69', 'bnc', '12345', '25'],
    ['CIPAV, 0.20 %', 'bnc-cipav', '30000', '60'],
  ])('%s', (_, activity, turnover, owed) => expect(cfpOf(activity, turnover)).toBe(owed));
});
