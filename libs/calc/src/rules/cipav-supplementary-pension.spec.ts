import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const owed = (year: number, euros: string) =>
  price(
    readSituation({
      year,
      status: 'profession-liberale',
      stage: 'definitive',
      section: 'cipav',
      [year < 2025 ? 'income' : 'grossIncome']: euros,
    }),
  )
    .lines.find(({ code }) => code === 'retraite-complementaire')
    ?.amount.toString();

describe('Décret 2022-1746 — supplementary pension of the CIPAV', () => {
  it.each([
    ['has no minimum', 2023, '0', '0'],
    ['2023: 9 % of 30 000', 2023, '30000', '2700'],
    ['2023, one euro under one PASS: 3 959.19', 2023, '43991', '3959'],
    ['2023, on one PASS: 3 959.28', 2023, '43992', '3959'],
    ['2023, one euro above: 3 959.50', 2023, '43993', '3960'],
    ['2023, 60 000: 3 959.28 and 22 % of 16 008', 2023, '60000', '7481'],
    ['2023, one euro under three PASS: 23 315.54', 2023, '131975', '23316'],
    ['2023, on three PASS: 23 315.76', 2023, '131976', '23316'],
    ['2023: nothing above three PASS', 2023, '200000', '23316'],
    ['2024: to 3.5 PASS, 162 288: 4 173.12 and 25 502.40', 2024, '170000', '29676'],
    ['2026, gross 300 000 less 62 478: to four PASS, 192 240: 5 286.60 and 30 277.80', 2026, '300000', '35564'],
    ['2026: 11 % of 40 000 less its abatement, 29 600', 2026, '40000', '3256'],
  ])('%s', (_, year, euros, amount) => expect(owed(year, euros)).toBe(amount));

  it('the calls of 2025 stay on the rates of 2024: 9 % of 30 000', () => {
    const call = { year: 2025, status: 'profession-liberale', stage: 'provisional', section: 'cipav', income: '30000' };
    expect(
      price(readSituation(call))
        .lines.find(({ code }) => code === 'retraite-complementaire')
        ?.amount.toString(),
    ).toBe('2700');
  });
});
