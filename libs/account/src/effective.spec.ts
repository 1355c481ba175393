import { Day } from '@isu/values';
import { bookEffectiveOn } from './effective.js';
import { FactPen, seededRandom } from './fact-pen.spec-kit.js';
import { foldAccount } from './fold.js';
import { randomHistory } from './histories.spec-kit.js';

const on = (day: string) => Day.of(day);

/** 600 € of 2016 called on 4 January; 150 € received on 10 May and placed on the 13th, which is when its posting was written. */
function trader(): FactPen {
  const pen = new FactPen('1300001234517', seededRandom(1));
  const lines = [{ code: 'maladie', base: '9230', rate: '0.065', amount: '600' }];
  const assessed = { year: 2016, stage: 'provisional' as const, version: 1, lines, rules: '2016.1', accountingDay: '2016-01-04' };
  pen.write('collection.assessed.v1', assessed, '2016-01-04');
  const posting = {
    ...{
      paymentId: pen.uuid(),
      amount: '150',
      valueOn: '2016-05-10',
      means: 'transfer' as const,
      credit: '0',
      accountingDay: '2016-05-13',
    },
    allocations: [{ instalment: '2016-Q2', year: 2016, code: 'maladie', amount: '150' }],
  };
  pen.write('collection.payment-posted.v1', posting, '2016-05-10');
  const definitive = { ...assessed, stage: 'definitive' as const, version: 2, lines: [{ ...lines[0]!, amount: '700' }] };
  pen.write('collection.assessed.v1', { ...definitive, accountingDay: '2017-05-12' }, '2017-05-12');
  return pen;
}

describe('N3 I7 — the account as it was in effect on a day', () => {
  it.each([
    ['before anything', '2016-01-03', { called: '0', paid: '0', remaining: '0' }],
    ['once called', '2016-05-09', { called: '600', paid: '0', remaining: '600' }],
    ['from the day on which the money was received, not the one on which it was placed', '2016-05-10', { called: '600', paid: '150', remaining: '450' }], // prettier-ignore
    ['until the last word about the year', '2017-05-11', { called: '600', paid: '150', remaining: '450' }],
    ['and from then on', '2017-05-12', { called: '700', paid: '150', remaining: '550' }],
  ])('%s', (_, day, balance) => {
    expect(bookEffectiveOn(trader().facts, on(day)).book.balance).toMatchObject(balance);
  });

  it('is cut out of one view, whose proof it bears', () => {
    const { facts } = trader();
    const { vector, fingerprint } = foldAccount(facts);
    expect(bookEffectiveOn(facts, on('2016-05-09')).restsOn).toEqual({ vector, fingerprint });
  });

  it('on a day after everything, it is the whole book', () => {
    for (const { facts } of [1, 2, 3, 4, 5].map((seed) => randomHistory(seed))) {
      expect(bookEffectiveOn(facts, on('2099-12-31')).book).toEqual(foldAccount(facts).book);
    }
  });
});
