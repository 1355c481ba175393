import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const activities = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'];
// On a turnover of 100 000 € the amount is the rate in thousandths of a point.
const ratesOf = (startedOn: string, period: string) =>
  activities.map((activity) => {
    const situation = {
      year: Number(period.slice(0, 4)),
      status: 'micro-entrepreneur',
      turnover: '100000',
      activity,
      period,
      startedOn,
      acre: true,
    };
    return price(readSituation(situation)).lines[0]?.amount.toString();
  });

describe('CSS D. 131-6-3 — the reduced rates of micro-entrepreneurs who start', () => {
  it.each([
    ['2016, first step: 3.4, 5.8 and 5.8 % as published', '2016-02-10', '2016-Q4', ['3400', '5800', '5800', '5800', '5800']],
    ['2016, second step: 6.7, 11.6 and 11.5 %', '2015-11-02', '2016-Q4', ['6700', '11600', '11600', '11600', '11500']],
    ['2016, third step: 10.1, 17.4 and 17.2 %', '2014-02-10', '2016-Q4', ['10100', '17400', '17400', '17400', '17200']],
    ['the first step ends with the third civil quarter after the start', '2015-11-02', '2016-09', ['3400', '5800', '5800', '5800', '5800']],
    ['2020: half, 6.4 and 11 %', '2020-02-10', '2020-Q3', ['6400', '11000', '11000', '11000', '12100']],
    ['the end of 2022: 6.2, 10.6, 10.6 (10.55) and 12.1 %', '2022-03-01', '2022-Q4', ['6200', '10600', '10600', '10600', '12100']],
    ['the end of 2024: BNC 11.6 (11.55), CIPAV 13.9 %', '2024-01-01', '2024-Q4', ['6200', '10600', '10600', '11600', '13900']],
    [
      'the start of 2026: BNC 12.8 %, half of 25.6, and CIPAV 13.4 %',
      '2025-11-03',
      '2026-Q1',
      ['6200', '10600', '10600', '12800', '13400'],
    ],
    [
      'started in July 2026: three quarters, 9.2 (9.225), 15.9 and 19.2 %',
      '2026-07-01',
      '2026-Q3',
      ['9200', '15900', '15900', '19200', '13400'],
    ],
  ])('%s', (_, startedOn, period, rates) => expect(ratesOf(startedOn, period)).toEqual(rates));

  it('leaves the training contribution and the income-tax option alone', () => {
    const micro = {
      year: 2016,
      status: 'micro-entrepreneur',
      turnover: '10000',
      activity: 'vente',
      incomeTaxOption: true,
      period: '2016-Q2',
    };
    const { lines } = price(readSituation({ ...micro, acre: true, startedOn: '2016-01-01' }));
    expect(lines.map(({ amount }) => amount.toString())).toEqual(['340', '10', '100']);
  });

  it('I6: tells which share of the rate is due', () => {
    const micro = { year: 2016, status: 'micro-entrepreneur', turnover: '10000', activity: 'vente', period: '2016-Q2' };
    const [line] = explain(readSituation({ ...micro, acre: true, startedOn: '2016-01-01' })).lines;
    expect(line?.derivation.expression).toBe('round(10000 * 0.034)');
    expect(line?.derivation.parameters.map(({ name }) => name)).toEqual(['micro.vente', 'micro-acre.parts', 'micro-acre.arrondi']);
    expect(line?.derivation.sentence).toMatch(/25.% du taux/u);
  });
});
