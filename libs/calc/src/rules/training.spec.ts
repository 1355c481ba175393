import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (json: object) =>
  price(readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income: '26000', ...json })).lines.find(
    ({ code }) => code === 'cfp',
  );

describe('Code du travail L. 6331-48 — CFP: a share of the PASS of the year before until 2017, of the year since', () => {
  it.each([
    ['F79: a trader owes 0.25 % of the 2015 PASS in 2016: 38 040 × 0.25 % = 95.10', {}, ['38040', '95']],
    ['with a collaborating spouse 0.34 %: 129.34', { collaboratingSpouse: true }, ['38040', '129']],
    ['a liberal like a trader', { status: 'profession-liberale' }, ['38040', '95']],
    ['whatever the income', { income: '-5000' }, ['38040', '95']],
    ['whatever the days of membership', { startedOn: '2016-07-01' }, ['38040', '95']],
    ['2012: 0.24 % of the 2011 PASS with a collaborating spouse, 84.84', { year: 2012, collaboratingSpouse: true }, ['35352', '85']],
    ['2013: 0.25 % of the 2012 PASS, 90.93', { year: 2013 }, ['36372', '91']],
    ['2017: 0.25 % of the 2016 PASS, 96.54', { year: 2017 }, ['38616', '97']],
    ['2018: 0.25 % of the 2018 PASS, 99.33', { year: 2018 }, ['39732', '99']],
    ['2018: 0.34 % with a spouse, 135.09', { year: 2018, collaboratingSpouse: true }, ['39732', '135']],
    ['2018: a craftsman now pays it here, 0.29 %, 115.22', { year: 2018, status: 'artisan' }, ['39732', '115']],
    [
      '2016: a craftsman who is not on the trades register pays as a trader, 95',
      { status: 'artisan', offTradesRegister: true },
      ['38040', '95'],
    ],
    ['2018: and still, 0.25 %', { year: 2018, status: 'artisan', offTradesRegister: true }, ['39732', '99']],
  ])('%s', (_, json, line) => expect([lineFor(json)?.base.toString(), lineFor(json)?.amount.toString()]).toEqual(line));

  it('F79: a craftsman owes 0 here until 2017, and the line says why', () => {
    const line = lineFor({ status: 'artisan' });
    expect(line?.amount.toString()).toBe('0');
    expect(line?.reason).toContain('administration fiscale');
  });

  it('F73: is absent from the flat calls', () => {
    expect(lineFor({ stage: 'flat-first-year' })).toBeUndefined();
    expect(lineFor({ stage: 'flat-second-year' })).toBeUndefined();
  });
});

describe('I6 — what the training contribution tells', () => {
  const told = (status: string) =>
    explain(readSituation({ year: 2016, status, stage: 'definitive', income: '26000' })).lines.find(({ code }) => code === 'cfp')
      ?.derivation;

  it('a trader: the PASS of the year before', () => expect(told('commercant')?.sentence).toContain('(PASS 2015)'));

  it('a craftsman, who owes nothing here: who collects it, and since when', () => {
    expect(told('artisan')?.parameters.map(({ name, value }) => [name, value])).toContainEqual(['cfp.collecteur-artisan', 'dgfip']);
  });
});
