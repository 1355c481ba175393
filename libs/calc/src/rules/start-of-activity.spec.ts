import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const flat = (json: object) => {
  const { lines, total } = price(readSituation({ year: 2016, status: 'commercant', ...json }));
  const base = (wanted: string) => lines.find(({ code }) => code === wanted)?.base.toString();
  return [base('maladie'), base('indemnites-journalieres'), total.toString()];
};

describe('CSS D. 131-1 — flat bases of the first two years', () => {
  it.each([
    [
      'F46 F71 F73: first year 2016, 19 % of the PASS (7 337.04) and 40 % (15 446.40): 3 234',
      { stage: 'flat-first-year' },
      ['7337', '15446', '3234'],
    ],
    ['F74: second year 2016, 27 % (10 426.32), IJ still 15 446: 4 550', { stage: 'flat-second-year' }, ['10426', '15446', '4550']],
    ['a start on 1 January is a whole year', { stage: 'flat-first-year', startedOn: '2016-01-01' }, ['7337', '15446', '3234']],
    [
      'a start on 1 July: 7 337.04 × 184 / 366 = 3 688.57, IJ not reduced: 1 679',
      { stage: 'flat-first-year', startedOn: '2016-07-01' },
      ['3689', '15446', '1679'],
    ],
    [
      'second year 2017 of a start in 2016: still 27 % (10 591.56): 4 405',
      { year: 2017, stage: 'flat-second-year' },
      ['10592', '15691', '4405'],
    ],
  ])('%s', (_, json, figures) => expect(flat(json)).toEqual(figures));

  it('a second year that ends on 30 June is reduced too: 10 426.32 × 182 / 366 = 5 184.67', () => {
    expect(flat({ stage: 'flat-second-year', endedOn: '2016-06-30' })[0]).toBe('5185');
  });

  it.each([
    ['2013, 29 % of 37 032 = 10 739.28', 2013, '10739'],
    ['2014, 29 % of 37 548 = 10 888.92 (unsure: 27 %)', 2014, '10889'],
    ['2015, 27 % of 38 040 = 10 270.80', 2015, '10271'],
    ['2018, a start in 2017: 19 % of 39 732 = 7 549.08', 2018, '7549'],
  ])('second-year base %s', (_, year, base) => expect(flat({ year, stage: 'flat-second-year' })[0]).toBe(base));

  it('the floors of real income do not apply to a reduced flat base: pension on 3 689, not on 4 441', () => {
    const { lines } = price(readSituation({ year: 2016, status: 'commercant', stage: 'flat-first-year', startedOn: '2016-07-01' }));
    expect(lines.find(({ code }) => code === 'retraite-base')?.base.toString()).toBe('3689');
  });

  it('one single day of membership: 7 337.04 / 366 = 20.05', () => {
    expect(flat({ stage: 'flat-first-year', startedOn: '2016-12-31' })[0]).toBe('20');
  });
});
