import { Day } from '@isu/values';
import { dated, ruleOf, versions } from './dated.js';
import { PricingRefusal } from './refusal.js';

const day = (iso: string) => Day.of(iso);

describe('a dated parameter of the law', () => {
  const rate = dated<string | null>('essai', 'taux d’essai', [
    { from: '2014-01-01', value: 'old', source: 'décret A' },
    { from: '2016-07-01', value: 'new', source: 'décret B', unsure: 'la date' },
    { from: '2018-01-01', value: null, source: 'décret C' },
  ]);

  it.each([
    ['2014-01-01', 'old'],
    ['2016-06-30', 'old'],
    ['2016-07-01', 'new'],
    ['2017-12-31', 'new'],
    ['2018-01-01', null],
  ])('on %s gives %s: a value holds from its first day to the eve of the next', (iso, value) => {
    expect(rate.on(day(iso)).value).toBe(value);
  });

  it('carries its name, its date and its source into the derivation', () => {
    expect(rate.on(day('2016-12-31'))).toEqual({
      name: 'essai',
      label: 'taux d’essai',
      from: '2016-07-01',
      value: 'new',
      source: 'décret B',
      unsure: 'la date',
    });
  });

  it('refuses to answer before its first date, and says from when it would', () => {
    expect(() => rate.on(day('2013-12-31'))).toThrow(PricingRefusal);
    expect(() => rate.on(day('2013-12-31'))).toThrow(
      expect.objectContaining({ code: 'not-in-force', accepted: 'une date à partir du 2014-01-01' }),
    );
  });

  it('may say that there is no rule any more', () => {
    expect(ruleOf(rate.on(day('2018-01-01')))).toBeNull();
    expect(ruleOf(rate.on(day('2016-01-01')))?.value).toBe('old');
  });

  it('cannot be written out of order', () => {
    const entry = (from: string) => ({ from, value: 1, source: '' });
    expect(() => dated('x', 'x', [entry('2016-01-01'), entry('2015-01-01')])).toThrow('not in the order');
    expect(() => dated('x', 'x', [entry('2016-01-01'), entry('2016-01-01')])).toThrow('not in the order');
  });

  it('changes the formula on its day as it changes a number', () => {
    const formula = versions<(x: number) => number>('f', 'f', [
      { from: '2015-01-01', source: 'A', rule: (x) => x },
      { from: '2017-01-01', source: 'B', rule: (x) => 2 * x },
    ]);
    expect(formula.on(day('2016-12-31')).value(3)).toBe(3);
    expect(formula.on(day('2017-01-01')).value(3)).toBe(6);
  });
});
