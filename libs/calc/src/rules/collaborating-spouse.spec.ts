import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';
import type { TraderSituation } from '../situation.js';
import { priceSpouse } from '../spouse.js';

const head = { year: 2016, status: 'commercant', stage: 'definitive', income: '26000', collaboratingSpouse: true };
const read = (json: object) => readSituation({ ...head, ...json }) as TraderSituation;
const amounts = (lines: readonly { code: string; amount: { toString(): string } }[]) =>
  Object.fromEntries(lines.map(({ code, amount }) => [code, amount.toString()]));
const spouseOwes = (json: object) => {
  const { lines, total } = priceSpouse(read(json));
  return { ...amounts(lines), total: total.toString() };
};
const owes = ([ij, base, rci, id]: [string, string, string, string], total: string) => ({
  'indemnites-journalieres': ij,
  'retraite-base': base,
  'retraite-complementaire': rci,
  'invalidite-deces': id,
  total,
});

describe('CSS D. 633-19-2 — the collaborating spouse’s own contributions, 2016, the head having 26 000 €', () => {
  it.each([
    ['no choice: a third of the PASS, 12 872', {}, owes(['108', '2272', '901', '167'], '3448')],
    ['a third of the PASS, chosen', { spouseBase: 'third-of-pass' }, owes(['108', '2272', '901', '167'], '3448')],
    ['33.33 % of the income: 8 665.80, so 8 666', { spouseBase: 'third-of-income' }, owes(['108', '1530', '607', '113'], '2358')],
    [
      '33.33 % of 100 000: 33 330, 17.65 % of it 5 882.75, 7 % 2 333.10, 1.3 % 433.29',
      { spouseBase: 'third-of-income', income: '100000' },
      owes(['108', '5883', '2333', '433'], '8757'),
    ],
    ['half of it: 13 000', { spouseBase: 'half-of-income' }, owes(['108', '2295', '910', '169'], '3482')],
    ['a third, shared: 8 666.67, so 8 667', { spouseBase: 'shared-third' }, owes(['108', '1530', '607', '113'], '2358')],
    ['half, shared: 13 000', { spouseBase: 'shared-half' }, owes(['108', '2295', '910', '169'], '3482')],
    [
      'a third of 6 000 is under the floor of 4 441',
      { spouseBase: 'third-of-income', income: '6000' },
      owes(['108', '784', '140', '58'], '1090'),
    ],
  ])('%s', (_, json, owed) => expect(spouseOwes(json)).toEqual(owed));

  it('sharing takes the part off the head’s pensions and disability-death, and off nothing else: 26 000 − 8 667 = 17 333', () => {
    expect(amounts(price(read({ spouseBase: 'shared-third' })).lines)).toEqual({
      maladie: '1690',
      'indemnites-journalieres': '182',
      'allocations-familiales': '559',
      'retraite-base': '3059',
      'retraite-complementaire': '1213',
      'invalidite-deces': '225',
      // 26 000 + 6 928 = 32 928, × 8 % = 2 634.24
      'csg-crds': '2634',
      cfp: '129',
    });
  });

  it('half shared: the head’s pensions and disability-death bear on 26 000 − 13 000 = 13 000, 17.65 %, 7 % and 1.3 % of it', () => {
    const { 'retraite-base': base, 'retraite-complementaire': rci, 'invalidite-deces': id } = amounts(price(read({ spouseBase: 'shared-half' })).lines); // prettier-ignore
    expect([base, rci, id]).toEqual(['2295', '910', '169']);
  });

  it('the two parts of a shared income add up, each in whole euros: a third of 25 999 is 8 666.33', () => {
    const shared = read({ income: '25999', spouseBase: 'shared-third' });
    const pension = (lines: readonly { code: string; base: { toString(): string } }[]) =>
      lines.find(({ code }) => code === 'retraite-base')?.base.toString();
    expect([pension(priceSpouse(shared).lines), pension(price(shared).lines)]).toEqual(['8666', '17333']);
  });

  it('the other options leave the head’s contributions as they are: 12 121 with the training contribution of two', () => {
    for (const spouseBase of [null, 'third-of-pass', 'half-of-income']) expect(price(read({ spouseBase })).total.toString()).toBe('12121');
  });

  it('in 2013 the spouse owes no daily allowances', () => {
    expect(Object.keys(spouseOwes({ year: 2013 }))).not.toContain('indemnites-journalieres');
  });

  it('I6: the part is told with its share of the head’s income', () => {
    const line = priceSpouse(read({ spouseBase: 'shared-third' }), { derivation: true }).lines.find(
      ({ code }) => code === 'retraite-complementaire',
    )!;
    expect(line.derivation.expression).toBe('round(min(min(round(26000 * (1/3)), round(38616 * 4)), 37546) * 0.07)');
    expect(line.derivation.sentence).toContain('un tiers du revenu');
    const kept = explain(read({ spouseBase: 'shared-third' })).lines.find(({ code }) => code === 'invalidite-deces')!;
    expect(kept.derivation.expression).toBe('round(min(max(max(0, 26000 - round(26000 * (1/3))), round(38616 * 0.115)), 38616) * 0.013)');
  });

  it('refuses a choice without a spouse, a spouse’s price without a spouse, and a liberal’s spouse', () => {
    const refusal = (code: string, field: string) => expect.objectContaining({ code, field });
    expect(() => read({ collaboratingSpouse: false, spouseBase: 'shared-half' })).toThrow(refusal('bad-value', 'spouseBase'));
    expect(() => priceSpouse(read({ collaboratingSpouse: false }))).toThrow(refusal('missing-field', 'collaboratingSpouse'));
    expect(() => read({ status: 'profession-liberale', spouseBase: 'shared-half' })).toThrow(refusal('field-not-of-status', 'spouseBase'));
  });
});
