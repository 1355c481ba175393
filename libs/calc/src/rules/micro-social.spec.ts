import { explain, price } from '../calculate.js';
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
    ['F83: 13.4 % of 10 000 on sales', 'vente', '1340'],
    ['F83: 23.1 % on commercial services', 'services-commerciaux', '2310'],
    ['23.1 % on craft services', 'services-artisanaux', '2310'],
    ['23.1 % on liberal activities outside CIPAV', 'bnc', '2310'],
    ['F83 F84: 22.9 % at CIPAV, pensions included', 'bnc-cipav', '2290'],
  ])('%s', (_, activity, owed) => expect(linesFor({ activity })['micro-social']).toBe(owed));

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

  it('F84: the share of CIPAV divides between risks, pensions included, and the parts add up to 2 290', () => {
    const [social] = explain(readSituation({ year: 2016, status: 'micro-entrepreneur', turnover: '10000', activity: 'bnc-cipav' })).lines;
    const shares = social?.derivation.shares?.map(({ label, amount }) => [label, amount.toString()]);

    // 2 290 × 123, 25, 298, 198 and 347 over 991, each running share to the cent.
    expect(shares).toEqual([
      ['maladie-maternité', '284.23'],
      ['invalidité-décès', '57.77'],
      ['retraite de base', '688.62'],
      ['retraite complémentaire', '457.53'],
      ['CSG-CRDS', '801.85'],
    ]);
    expect(social?.derivation.parameters.find(({ name }) => name === 'micro.bnc-cipav.partage')?.status).toBe('unsure');
  });

  // Turnover of 100 000 €: each figure is the rate of the year, in thousandths, times 100.
  it.each([
    ['2012', ['12000', '21300', '21300', '21300', '18300']],
    ['2013', ['14000', '24600', '24600', '24600', '21300']],
    ['2014', ['14100', '24600', '24600', '24600', '23300']],
    ['2015', ['13300', '22900', '22900', '22900', '22900']],
    ['2016', ['13400', '23100', '23100', '23100', '22900']],
    ['2017-Q1', ['13400', '23100', '23100', '23100', '22900']],
    ['2017-Q2', ['13100', '22700', '22700', '22700', '22500']],
    ['2018', ['12800', '22000', '22000', '22000', '22000']],
    ['2019', ['12800', '22000', '22000', '22000', '22000']],
    ['2021-06', ['12800', '22000', '22000', '22000', '22000']],
    ['2021-Q3', ['12800', '22000', '22000', '22000', '22200']],
    ['2022-Q3', ['12800', '22000', '22000', '22000', '22200']],
    ['2022-Q4', ['12300', '21200', '21200', '21100', '21200']],
    ['2024-06', ['12300', '21200', '21200', '21100', '21200']],
    ['2024-07', ['12300', '21200', '21200', '23100', '23200']],
    ['2025', ['12300', '21200', '21200', '24600', '23200']],
    ['2026', ['12300', '21200', '21200', '25600', '23200']],
  ])('the rates of %s: sales, services, craft services, liberal, CIPAV', (period, owed) => {
    const year = Number(period.slice(0, 4));
    const declared = { year, turnover: '100000', period: period.length > 4 ? period : null };
    const activities = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'];
    expect(activities.map((activity) => linesFor({ ...declared, activity })['micro-social'])).toEqual(owed);
  });
});
