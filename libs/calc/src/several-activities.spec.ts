import { readSituation } from './reading.js';
import { priceActivities } from './several-activities.js';

const trader = readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income: '20000' });
const liberal = readSituation({ year: 2016, status: 'profession-liberale', stage: 'definitive', income: '6000' });
const gross = (status: string, grossIncome: string) => readSituation({ year: 2026, status, stage: 'definitive', grossIncome });
const micro = (activity: string, turnover: string, year = 2016) =>
  readSituation({ year, status: 'micro-entrepreneur', activity, turnover });
const flat = readSituation({ year: 2016, status: 'commercant', stage: 'flat-first-year' });

describe('CSS L. 171-3 — several activities', () => {
  it('one activity is itself', () => {
    expect(priceActivities([flat]).total.toString()).toBe('3234');
  });

  it('a trader who earns 20 000, and 6 000 as a liberal, pays as a trader on 26 000', () => {
    const { status, total } = priceActivities([trader, liberal]);
    expect([status, total.toString()]).toEqual(['commercant', '12087']);
  });

  it('gross incomes add up before the abatement: 30 000 and 10 000 pay the 12 420 of 40 000', () => {
    expect(priceActivities([gross('commercant', '30000'), gross('artisan', '10000')]).total.toString()).toBe('12420');
  });

  it('turnovers pay each at the rate of its activity: 2 680 and 20 on sales, 2 852 and 25 on a liberal activity', () => {
    const { lines, total } = priceActivities([micro('vente', '20000'), micro('bnc', '12345')]);
    expect(lines.map(({ code, amount }) => [code, amount.toString()])).toEqual([
      ['micro-social', '2680'],
      ['cfp', '20'],
      ['micro-social', '2852'],
      ['cfp', '25'],
    ]);
    expect(total.toString()).toBe('5577');
  });

  it.each([
    ['two years', [micro('vente', '1'), micro('bnc', '1', 2015)], 'year'],
    ['a micro-entrepreneur who is a trader too', [trader, micro('vente', '1')], 'status'],
    ['a trader who is a micro-entrepreneur too', [micro('vente', '1'), trader], 'status'],
    ['a flat year beside an income', [trader, flat], 'stage'],
    ['an income beside a flat year', [flat, trader], 'stage'],
  ] as const)('refuses %s', (_, [first, second], field) => {
    expect(() => priceActivities([first, second])).toThrow(expect.objectContaining({ code: 'field-not-of-status', field }));
  });
});
