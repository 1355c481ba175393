import { adjust } from './adjustment.js';
import { price } from './calculate.js';
import { readSituation } from './reading.js';

const priced = (stage: string, income: string, year = 2016) => price(readSituation({ year, status: 'commercant', stage, income }));

describe('F72 — provisional, adjusted, definitive: the chain of the contribution year 2016', () => {
  it('F72: 12 087 − 9 320 = 2 767 more once 26 000 € of 2015 are declared, line by line', () => {
    const { lines, total } = adjust(priced('provisional', '20000'), priced('adjusted', '26000'));

    expect(total.toString()).toBe('2767');
    expect(Object.fromEntries(lines.map(({ code, difference }) => [code, difference.toString()]))).toEqual({
      maladie: '390',
      'indemnites-journalieres': '42',
      'allocations-familiales': '129',
      'retraite-base': '1059',
      'retraite-complementaire': '420',
      'invalidite-deces': '78',
      'csg-crds': '649',
      cfp: '0',
    });
  });

  it('F72: 13 932 − 12 087 = 1 845 to pay in spring 2017', () => {
    expect(adjust(priced('adjusted', '26000'), priced('definitive', '30000')).total.toString()).toBe('1845');
  });

  it('F72: a lower income gives the overpayment back, with its sign', () => {
    const { total, lines } = adjust(priced('adjusted', '26000'), priced('definitive', '20000'));
    expect(total.toString()).toBe('-2767');
    expect(lines.reduce((sum, { difference }) => sum + difference.cents, 0)).toBe(total.cents);
  });

  it('a line that one side lacks counts zero there: after a flat call the CFP is wholly new', () => {
    const flat = price(readSituation({ year: 2016, status: 'commercant', stage: 'flat-first-year' }));
    const cfp = adjust(flat, priced('definitive', '26000')).lines.find(({ code }) => code === 'cfp');
    expect([cfp?.before.toString(), cfp?.difference.toString()]).toEqual(['0', '95']);
  });

  it('refuses to compare two contribution years', () => {
    expect(() => adjust(priced('definitive', '26000', 2015), priced('definitive', '26000'))).toThrow(
      expect.objectContaining({ code: 'adjustment-across-years' }),
    );
  });
});
