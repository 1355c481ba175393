import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

/** A trader at 400 000 €, above every ceiling: what a line bears on is the ceiling itself. */
const trader = (year: number) => readSituation({ year, status: 'commercant', stage: 'definitive', income: '400000' });

describe('CSS L. 241-3 — the PASS of each year, by the order that fixed it, as a line bears on it', () => {
  it.each([
    [2012, '36372'],
    [2013, '37032'],
    [2014, '37548'],
    [2015, '38040'],
    [2016, '38616'],
    [2017, '39228'],
    [2018, '39732'],
    [2019, '40524'],
    [2020, '41136'],
    [2021, '41136'],
    [2022, '41136'],
    [2023, '43992'],
    [2024, '46368'],
  ])('PASS of %i: %s €', (year, ceiling) => {
    const line = price(trader(year)).lines.find(({ code }) => code === 'invalidite-deces');
    expect(line?.base.toString()).toBe(ceiling);
  });
});
