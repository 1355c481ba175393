import { Money } from '@isu/values';
import { price } from './calculate.js';
import { readSituation } from './reading.js';
import { Rehearsal, rehearse } from './rehearsal.js';

const trader = (income: string, more: object = {}) =>
  readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income, ...more });
const population = [
  { profile: 'commerçant, moins de 20 000 €', situation: trader('10000') },
  { profile: 'commerçant, 20 000 € et plus', situation: trader('26000') },
  { profile: 'commerçant, 20 000 € et plus', situation: trader('60000') },
];
const sickness = [{ parameter: 'maladie.taux', from: '2016-01-01', value: '0.067' }];
const texts = (effect: object) => JSON.parse(JSON.stringify(effect));

describe('N11 — the rehearsal of a rule', () => {
  it('N11: sickness at 6.70 %: 26 000 owes 52 more and 4 of CSG-CRDS on them, 60 000 owes 120 and 9', () => {
    // 26 000: 1 742 instead of 1 690; base 35 230 × 8 % = 2 818.40. 60 000: 4 020 instead of 3 900; 79 440 × 8 % = 6 355.20, so 9 more.
    const [rich, modest] = rehearse(population, sickness).profiles;
    expect(texts(rich!)).toEqual({
      profile: 'commerçant, 20 000 € et plus',
      persons: 2,
      owingMore: 2,
      owingLess: 0,
      before: '37848',
      after: '38033',
      highestIncrease: '129',
      highestDecrease: '0',
      byLine: { maladie: '172', 'csg-crds': '13' },
    });
    expect(modest?.persons).toBe(1);
  });

  it('N11: the profiles add up to the whole', () => {
    const { profiles, whole } = rehearse(population, sickness);
    expect(Money.sum(profiles.map(({ after }) => after)).equals(whole.after)).toBe(true);
    expect([whole.persons, profiles.length]).toEqual([3, 2]);
  });

  it('N11: tells who owes less: a pension floor of 10 % of the PASS instead of 11.5', () => {
    const lower = rehearse(
      [{ profile: 'x', situation: trader('0') }],
      [{ parameter: 'retraite-base.assiette-minimale', from: '2016-01-01', value: '0.1' }],
    );
    // 10 % of 38 616 is 3 862 (instead of 4 441): 681.64, so 682 instead of 784; CSG-CRDS on 848 is 68 instead of 76.
    expect(texts(lower.whole)).toMatchObject({ owingLess: 1, owingMore: 0, highestDecrease: '110', before: '1121', after: '1011' });
  });

  it('N11: a scale is tried by its knots, a rule by its end, a word by another of the law', () => {
    const tried = (json: object, parameter: string, value: string | null) =>
      rehearse(
        [{ profile: 'x', situation: readSituation({ status: 'commercant', stage: 'definitive', ...json }) }],
        [{ parameter, from: '2016-01-01', value }],
      ).whole;
    // 2017, 20 000: 6.5 % from the first euro instead of 5.55 %: 1 300 instead of 1 110.
    const from2017 = rehearse(
      [{ profile: 'x', situation: readSituation({ year: 2017, status: 'commercant', stage: 'definitive', income: '20000' }) }],
      [{ parameter: 'maladie.bareme', from: '2017-01-01', value: '0:0.065 0.7:0.065' }],
    );
    expect(texts(from2017.whole.byLine)).toMatchObject({ maladie: '190' });
    // No pension floor for 0 €: 784 less, and 8 % of it.
    expect(texts(tried({ year: 2016, income: '0' }, 'retraite-base.assiette-minimale', '0')).byLine).toMatchObject({
      'retraite-base': '-784',
    });
    expect(texts(tried({ year: 2016, income: '0', status: 'artisan' }, 'cfp.collecteur-artisan', 'urssaf')).byLine).toEqual({ cfp: '110' });
    expect(texts(tried({ year: 2016, income: '0' }, 'rci.assiette-minimale', null)).byLine).toEqual({});
  });

  it('N11: the law in force answers the same before, meanwhile and after', () => {
    const before = price(trader('26000')).total.toString();
    const rehearsal = new Rehearsal(sickness);
    rehearsal.add(population[1]!);
    expect([before, price(trader('26000')).total.toString()]).toEqual(['12087', '12087']);
  });

  it('N11: a value holds from its day, and until the law itself changes the parameter', () => {
    const pension = [{ parameter: 'retraite-base.taux-plafonne', from: '2014-06-01', value: '0.2' }];
    const of = (year: number) => rehearse([{ profile: 'x', situation: trader('26000', { year }) }], pension).whole.owingMore;
    // 1 January 2014 comes before it; 2015 has a rate of its own.
    expect([of(2014), of(2015)]).toEqual([0, 0]);
    const from2016 = [{ parameter: 'retraite-base.taux-plafonne', from: '2016-01-01', value: '0.2' }];
    expect(rehearse([{ profile: 'x', situation: trader('26000', { year: 2018 }) }], from2016).whole.owingMore).toBe(1);
  });

  it('N11: a million persons would need no more memory than one: nothing is kept of them', () => {
    function* many() {
      for (let i = 0; i < 2_000; i += 1) yield { profile: i % 2 ? 'a' : 'b', situation: trader(`${i * 10}`) };
    }
    expect(rehearse(many(), sickness).whole.persons).toBe(2_000);
  });

  it.each([
    ['a parameter that does not exist', { parameter: 'maladie.tau', from: '2016-01-01', value: '0.067' }],
    ['a date before the parameter', { parameter: 'retraite-base.taux-plafonne', from: '2001-01-01', value: '0.067' }],
    ['a value of another kind', { parameter: 'maladie.bareme', from: '2018-01-01', value: '0.067' }],
    ['a scale whose incomes go down', { parameter: 'maladie.bareme', from: '2018-01-01', value: '0.4:0.03 0:0' }],
    ['a rate in words', { parameter: 'maladie.taux', from: '2016-01-01', value: 'six' }],
    ['an end where no rule may end', { parameter: 'maladie.taux', from: '2016-01-01', value: null }],
    ['a word that the law does not have', { parameter: 'cfp.collecteur-artisan', from: '2016-01-01', value: 'rsi' }],
    ['a day that does not exist', { parameter: 'maladie.taux', from: '2016-02-30', value: '0.067' }],
  ])('refuses %s', (_, change) => {
    expect(() => rehearse(population, [change])).toThrow(expect.objectContaining({ code: 'bad-value' }));
  });
});
