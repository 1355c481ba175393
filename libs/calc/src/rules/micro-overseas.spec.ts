import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const rate = (activity: string, period: string) =>
  price(
    readSituation({
      year: Number(period.slice(0, 4)),
      status: 'micro-entrepreneur',
      turnover: '10000',
      activity,
      period,
      overseas: true,
      startedOn: '2018-02-01',
    }),
  ).lines[0]?.rate.toString();

describe('CSS D. 756-5 — micro-entrepreneurs overseas, rates rounded up to a tenth of a point', () => {
  it.each([
    ['1/6 of 12.8 % on sales is 2.133', 'vente', '2018-Q1', '0.022'],
    ['1/6 of 22 % on services is 3.667', 'services-commerciaux', '2018-Q1', '0.037'],
    ['1/3 of 22 % for liberals is 7.333', 'bnc-cipav', '2018-Q1', '0.074'],
    ['with or without the CIPAV', 'bnc', '2018-Q1', '0.074'],
    ['to the end of the seventh quarter after that of the start', 'vente', '2019-Q4', '0.022'],
    ['then half, 6.4 exactly, to the end of the third civil year', 'vente', '2020-Q4', '0.064'],
    ['then 2/3: 8.533', 'vente', '2021-Q1', '0.086'],
  ])('%s', (_, activity, period, expected) => expect(rate(activity, period)).toBe(expected));

  it('refuses the periods before the text, a missing period, both reliefs', () => {
    const micro = {
      year: 2016,
      status: 'micro-entrepreneur',
      turnover: '10000',
      activity: 'vente',
      overseas: true,
      startedOn: '2016-01-01',
    };
    expect(() => price(readSituation({ ...micro, period: '2016-Q1' }))).toThrow(expect.objectContaining({ code: 'not-in-force' }));
    expect(() => readSituation(micro)).toThrow(expect.objectContaining({ code: 'missing-field', field: 'period' }));
    expect(() => readSituation({ ...micro, period: '2016-Q1', acre: true })).toThrow(expect.objectContaining({ code: 'bad-value' }));
  });
});
