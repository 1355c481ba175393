import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const amountFor = (year: number, income: string, more: object = {}) =>
  price(readSituation({ year, status: 'commercant', stage: 'definitive', income, ...more }))
    .lines.find(({ code }) => code === 'maladie')
    ?.amount.toString();

describe('CSS D. 612-4 — maladie-maternité, 6.50 % of the whole income until 2016', () => {
  it.each([
    ['F76: owes nothing on no income: there is no minimum in 2016', '0', '0'],
    ['F76: owes nothing on a loss', '-5000', '0'],
    ['owes half a euro rounded up: 100 × 6.50 % = 6.50', '100', '7'],
    ['F77: owes 6.50 % of 26 000', '26000', '1690'],
    ['owes 6.50 % of 200 000: there is no cap', '200000', '13000'],
    ['owes on the cents too: 1 000.10 × 6.50 % = 65.0065', '1000.10', '65'],
  ])('%s', (_, income, owed) => expect(amountFor(2016, income)).toBe(owed));
});

describe('sickness of 2012, PASS 36 372 €: 6.50 % up to it, 5.90 % from there to five times it', () => {
  it.each([
    ['at the PASS: 2 364.18', '36372', '2364'],
    ['100 000: 2 364.18 + 63 628 × 5.90 % = 6 118.23', '100000', '6118'],
    ['at five PASS, 181 860: 2 364.18 + 145 488 × 5.90 % = 10 947.97', '181860', '10948'],
    ['nothing is owed on what is above', '200000', '10948'],
  ])('%s', (_, income, owed) => expect(amountFor(2012, income)).toBe(owed));
});

describe('the scale of liberals in 2017, as that of traders: from 3 % at no income to 6.50 % at 70 % of the PASS (27 459.60)', () => {
  it('10 000 pays 3 + 3.5 × 10 000 / 27 459.60 = 4.2746, 4.27 %', () =>
    expect(amountFor(2017, '10000', { status: 'profession-liberale' })).toBe('427'));
});

describe('the scale of liberals in 2018, from 1.50 % at no income to 6.50 % at 110 % of the PASS (43 705.20)', () => {
  it('3 000 pays 1.50 + 5 × 3 000 / 43 705.20 = 1.8432, 1.84 %: 55.20', () => {
    const { lines } = price(readSituation({ year: 2018, status: 'profession-liberale', stage: 'definitive', income: '3000' }));
    expect(lines[0]?.amount.toString()).toBe('55');
  });
});

describe('CSS D. 612-5 — minimum base of sickness: 40 % of the PASS reduced with the income (2013-2014), 10 % (2015), none since', () => {
  it.each([
    ['2014, on 15 019 (40 % of 37 548 is 15 019.20): its own 976.24', 2014, '15019', '976'],
    ['2014, one euro less: the floor less 4 881 × 1 / 15 019, which is nothing: 976.24', 2014, '15018', '976'],
    ['2014, one euro more: 976.30', 2014, '15020', '976'],
    ['2014, on half of it: 15 019 − round(4 881 × 7 510 / 15 019 = 2 440.66) = 12 578, 817.57', 2014, '7509', '818'],
    ['2014, at zero: 15 019 − 4 881 = 10 138, 658.97', 2014, '0', '659'],
    ['2015, on 3 804 (10 % of 38 040): 247.26', 2015, '3804', '247'],
    ['2015, one euro less: still 247.26', 2015, '3803', '247'],
    ['2015, at 3 816: 248.04', 2015, '3816', '248'],
  ])('%s', (_, year, income, owed) => expect(amountFor(year, income)).toBe(owed));

  it('the reduced floor is a whole number of euros: 12 578', () => {
    const { lines } = price(readSituation({ year: 2014, status: 'commercant', stage: 'definitive', income: '7509' }));
    expect(lines[0]?.base.toString()).toBe('12578');
  });

  it('does not bind an RSA holder: 3 000 × 6.50 % = 195 in 2014', () => {
    expect(amountFor(2014, '3000', { rsa: true })).toBe('195');
  });
});

describe('maladie-maternité 2017 — 3 % to 6.50 % below 70 % of the PASS (27 459.60)', () => {
  it.each([
    ['the published example: 24 600 bears 6.14 %, 1 510.44', '24600', '1510'],
    ['one euro under the threshold: 6.50 % once rounded, 27 459 × 6.50 % = 1 784.84', '27459', '1785'],
    ['above the threshold: 27 460 × 6.50 % = 1 784.90', '27460', '1785'],
    ['10 000: 3 + 3.5 × 10 000 / 27 459.60 = 4.2746, 4.27 %', '10000', '427'],
  ])('%s', (_, income, owed) => expect(amountFor(2017, income)).toBe(owed));
});

describe('maladie-maternité 2018 — 0 to 6.35 % at 110 % of the PASS (43 705.20), 6.50 % above five PASS (198 660)', () => {
  it.each([
    ['under 40 % of the PASS: 7.92045 × 15 892 / 39 732 = 3.1680, 3.17 %, 503.78', '15892', '504'],
    ['above 40 %: 1.35 + 5 × 15 893 / 43 705.20 = 3.1682, 3.17 %, 503.81', '15893', '504'],
    ['5 000: 7.92045 × 5 000 / 39 732 = 0.9967, 1 % of the minimum base, 15 893', '5000', '159'],
    ['10 000: 7.92045 × 10 000 / 39 732 = 1.9935, 1.99 % of 15 893', '10000', '316'],
    ['no income: the rate is nil', '0', '0'],
    ['under 110 %: 43 705 × 6.35 % = 2 775.27', '43705', '2775'],
    ['above 110 %: 43 706 × 6.35 % = 2 775.33', '43706', '2775'],
    ['on five PASS: 198 660 × 6.35 % = 12 614.91', '198660', '12615'],
    ['one euro above: 12 614.91 + 0.065', '198661', '12615'],
    ['ten euros above: 12 614.91 + 0.65', '198670', '12616'],
    ['300 000: 12 614.91 + 101 340 × 6.50 % = 19 202.01', '300000', '19202'],
  ])('%s', (_, income, owed) => expect(amountFor(2018, income)).toBe(owed));

  it.each([
    ['10 000 of a liberal: 1.5 + 5 × 10 000 / 43 705.20 = 2.6440, 2.64 %', '10000', '264'],
    ['a liberal at 110 %: 43 706 × 6.50 % = 2 840.89', '43706', '2841'],
    ['a liberal has no part above five PASS: 200 000 × 6.50 %', '200000', '13000'],
  ])('%s', (_, income, owed) => expect(amountFor(2018, income, { status: 'profession-liberale' })).toBe(owed));
});

describe('CSS D. 621-2, D. 621-3 — the scales of liberals since 2022', () => {
  it.each([
    ['2022, 26 000: 4 + 2.5 × (0.632050 − 0.6) / 0.5 = 4.1603, 4.16 %', 2022, '26000', '1082'],
    ['2022, on 40 % of the PASS (16 454): nothing', 2022, '16454', '0'],
    ['2022, above 110 %: 60 000 × 6.50 %', 2022, '60000', '3900'],
    ['2022, no part above five PASS: 230 000 × 6.50 %', 2022, '230000', '14950'],
    ['2024, 26 000: 4 × (0.560732 − 0.4) / 0.2 = 3.2146, 3.21 %', 2024, '26000', '835'],
  ])('%s', (_, year, income, owed) => expect(amountFor(year, income, { status: 'profession-liberale' })).toBe(owed));

  it.each([
    ['2025, 238 770 (300 000 less 61 230): 141 300 × 8.50 % + 97 470 × 6.50 %', 2025, '18346'],
    ['2026, 237 522 (300 000 less 62 478): 144 180 × 8.50 % + 93 342 × 6.50 %', 2026, '18323'],
  ])('%s', (_, year, owed) => {
    const situation = { year, status: 'profession-liberale', stage: 'definitive', grossIncome: '300000' };
    expect(price(readSituation(situation)).lines[0]?.amount.toString()).toBe(owed);
  });
});
