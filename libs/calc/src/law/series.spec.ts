import { Money } from '@isu/values';
import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

/** A trader at 400 000 €, above every ceiling: what a line bears on is the ceiling itself. */
const trader = (year: number) => readSituation({ year, status: 'commercant', stage: 'definitive', income: '400000' });

describe('CSS L. 241-3 — the ceilings of each year, by the orders that fixed them, as a line bears on them', () => {
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

  it.each([
    [2013, '37032'],
    [2014, '37513'],
    [2015, '37513'],
    [2016, '37546'],
    [2017, '37546'],
    [2018, '37846'],
    [2019, '37960'],
    [2020, '38340'],
    [2021, '38493'],
    [2022, '38916'],
    [2023, '40784'],
    [2024, '42946'],
  ])('first band of the complementary pension in %i: %s €', (year, ceiling) => {
    const line = explain(trader(year)).lines.find(({ code }) => code === 'retraite-complementaire');
    const bound = line?.derivation.bounds.find(({ amount }) => amount.equals(Money.of(ceiling)));
    expect(bound).toBeDefined();
  });
});
