import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (year: number, income: string, more: object = {}) => {
  const situation = readSituation({ year, status: 'commercant', stage: 'definitive', income, ...more });
  const line = price(situation).lines.find(({ code }) => code === 'allocations-familiales')!;
  return [line.rate.toString(), line.amount.toString()];
};

describe('CSS D. 242-15-1 — allocations familiales 2016: 2.15 % to 42 477.60 (110 % of the PASS), 5.25 % from 54 062.40 (140 %)', () => {
  it.each([
    ['owes nothing on no income', '0', ['0.0215', '0']],
    ['owes nothing on a loss', '-5000', ['0.0215', '0']],
    ['F77: owes 559 on 26 000', '26000', ['0.0215', '559']],
    ['under 110 %: 42 477 × 2.15 % = 913.26', '42477', ['0.0215', '913']],
    ['above 110 % the rate has moved by 0.0001 point, rounded away: 42 478 × 2.15 % = 913.28', '42478', ['0.0215', '913']],
    ['18.40 above, 0.0049 point: 42 496 × 2.15 % = 913.66', '42496', ['0.0215', '914']],
    ['19.40 above, 0.0052 point, rounded up: 42 497 × 2.16 % = 917.94', '42497', ['0.0216', '918']],
    ['F45: 45 000: 2.15 + 3.10 × 2 522.40 / 11 584.80 = 2.8250, 2.82 %', '45000', ['0.0282', '1269']],
    ['under 140 %: 54 062 × 5.25 % = 2 838.26', '54062', ['0.0525', '2838']],
    ['above 140 %: 54 063 × 5.25 % = 2 838.31', '54063', ['0.0525', '2838']],
    ['the full rate bears on the whole income', '100000', ['0.0525', '5250']],
  ])('%s', (_, income, line) => expect(lineFor(2016, income)).toEqual(line));

  it('in an incomplete year the thresholds follow the PASS: 25 000 is between 21 355.07 and 27 179.18 for 184 days of 366', () => {
    // 2.15 + 3.10 × (25 000 − 21 355.077) / 5 824.1117 = 4.0901.
    expect(lineFor(2016, '25000', { startedOn: '2016-07-01' })).toEqual(['0.0409', '1023']);
  });
});

describe('allocations familiales — the other years', () => {
  it.each([
    ['2013: 5.40 % of everything', 2013, '10000', ['0.054', '540']],
    ['2014: 5.25 % of everything', 2014, '26000', ['0.0525', '1365']],
    ['2015, published: 45 000 bears 3.01 %', 2015, '45000', ['0.0301', '1355']],
    ['2015, published: 52 000 bears 4.91 %', 2015, '52000', ['0.0491', '2553']],
    ['2017, published with its amount (AGA-PS): 3.95 % of 50 000; unrounded, 3.9542 % would give 1 977', 2017, '50000', ['0.0395', '1975']],
    ['2018: nothing to 43 705.20', 2018, '43705', ['0', '0']],
    ['2018: 3.10 % from 55 624.80', 2018, '55625', ['0.031', '1724']],
  ])('%s', (_, year, income, line) => expect(lineFor(year, income)).toEqual(line));
});
