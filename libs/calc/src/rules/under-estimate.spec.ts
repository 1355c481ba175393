import { Day, Money } from '@isu/values';
import { underEstimateSurcharge } from './under-estimate.js';

const amountFor = (definitive: string, more: { year?: number; paid?: string } = {}) =>
  underEstimateSurcharge({
    lawOn: Day.at(more.year ?? 2016, 1, 1),
    estimated: Money.of('15000'),
    definitive: Money.of(definitive),
    wouldHaveBeenPaid: Money.of('9320'),
    paid: Money.of(more.paid ?? '7000'),
  })?.amount.toString() ?? null;

describe('CSS R. 131-5 — an estimate of 15 000 € that spared 9 320 − 7 000 = 2 320 €', () => {
  it.each([
    ['on a third more: nothing', '20000', null],
    ['one cent above: 5 %, 116', '20000.01', '116'],
    ['on half more: still 5 %', '22500', '116'],
    ['one cent above: 10 %, 232', '22500.01', '232'],
    ['less than the estimate: nothing', '10000', null],
  ])('an income %s', (_, definitive, amount) => expect(amountFor(definitive)).toBe(amount));

  it('in 2020 too, one cent above a third more: 5 %, 116', () => expect(amountFor('20000.01', { year: 2020 })).toBe('116'));

  it('nothing was spared: nothing is surcharged', () => expect(amountFor('40000', { paid: '9320' })).toBeNull());

  it.each([
    [2018, null],
    [2019, null],
    [2020, '232'],
    [2021, '232'],
    [2022, null],
  ])('in %s: suspended in 2018 and 2019, repealed since 2022', (year, amount) => expect(amountFor('40000', { year })).toBe(amount));
});
