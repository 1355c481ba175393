import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const cfpOf = (activity: string, turnover: string, more: object = {}) =>
  price(readSituation({ year: 2016, status: 'micro-entrepreneur', activity, turnover, ...more }))
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

  it.each([
    ['a craftsman who sells, 0.30 % of 20 000', 'vente', '20000', { craft: true }, '60'],
    ['in Alsace, 0.176 %: 15 000 gives 26.40', 'services-artisanaux', '15000', { alsace: true }, '26'],
    ['in Alsace, a craftsman who sells: 20 000 gives 35.20', 'vente', '20000', { craft: true, alsace: true }, '35'],
    ['in Alsace, sales that are no craft', 'vente', '20000', { alsace: true }, '20'],
    ['Alsace, since 2017, as everywhere', 'services-artisanaux', '15000', { alsace: true, year: 2018 }, '45'],
  ])('%s', (...[, activity, turnover, more, owed]) => expect(cfpOf(activity, turnover, more)).toBe(owed));

  it('refuses a craft that is not one', () => {
    expect(() => cfpOf('bnc', '1', { craft: true })).toThrow(expect.objectContaining({ code: 'bad-value', field: 'craft' }));
  });
});
