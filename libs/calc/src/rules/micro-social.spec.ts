import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const linesFor = (json: object) =>
  Object.fromEntries(
    price(readSituation({ year: 2016, status: 'micro-entrepreneur', turnover: '10000', ...json })).lines.map(({ code, amount }) => [
      code,
      amount.toString(),
    ]),
  );

describe('CSS L. 133-6-8 — the flat-rate contributions of a micro-entrepreneur, 2016', () => {
  it.each([
    ['F83: 13.4 % of 10 000 on sales', 'vente', '1340', '10', '100'],
    ['F83: 23.1 % on commercial services', 'services-commerciaux', '2310', '20', '170'],
    ['23.1 % on craft services', 'services-artisanaux', '2310', '30', '170'],
    ['23.1 % on liberal activities outside CIPAV', 'bnc', '2310', '20', '220'],
    ['F83 F84: 22.9 % at CIPAV, pensions included', 'bnc-cipav', '2290', '20', '220'],
  ])('%s', (_, activity, social, cfp, tax) => {
    expect(linesFor({ activity, incomeTaxOption: true })).toEqual({ 'micro-social': social, cfp, 'versement-liberatoire': tax });
  });

  it('has no income-tax line without the option', () => {
    expect(linesFor({ activity: 'vente' })).toEqual({ 'micro-social': '1340', cfp: '10' });
  });

  it('owes nothing on no turnover', () => {
    expect(linesFor({ activity: 'vente', turnover: '0', incomeTaxOption: true })).toEqual({
      'micro-social': '0',
      cfp: '0',
      'versement-liberatoire': '0',
    });
  });

  it.each([
    ['the first quarter of 2017 keeps 13.4 %', '2017-Q1', '1340'],
    ['March 2017 too', '2017-03', '1340'],
    ['April 2017 has 13.1 %', '2017-04', '1310'],
    ['the second quarter of 2017 has 13.1 %', '2017-Q2', '1310'],
  ])('%s', (_, period, owed) => expect(linesFor({ year: 2017, activity: 'vente', period })['micro-social']).toBe(owed));
});
