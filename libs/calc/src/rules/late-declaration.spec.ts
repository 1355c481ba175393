import { Day, Money } from '@isu/values';
import { lateDeclarationPenalty } from './late-declaration.js';

describe('CSS R. 242-14, R. 131-2 — the penalty of a late declaration, on 12 087 € of contributions', () => {
  it.each([
    ['late, until 10 May 2017: 3 %, 362.61', 'late', '2017-05-10', '363'],
    ['late, from 11 May 2017: 5 %, 604.35', 'late', '2017-05-11', '604'],
    ['after a notice, until 10 May 2017: 10 %, 1 208.70', 'after-notice', '2017-05-10', '1209'],
    ['after a notice, from 11 May 2017: 5 %', 'after-notice', '2017-05-11', '604'],
    ['after a notice on what the tax office knew: 10 %', 'after-notice-on-tax-income', '2018-06-01', '1209'],
  ] as const)('%s', (_, lateness, declaredOn, amount) => {
    const penalty = lateDeclarationPenalty(Money.euros(12087), lateness, Day.of(declaredOn));
    expect(penalty.amount.toString()).toBe(amount);
    expect(penalty.expression).toBe(`round(12087 * ${penalty.rate})`);
  });
});
