import { Money } from '@isu/values';
import { classifyLines, classifyMoney, type MoneyEvidence, type StandingPayment } from './classify.js';

const paid = (id: string, amount: string, valueOn = '2016-05-05'): StandingPayment => ({ id, amount: Money.of(amount), valueOn });
const evidence = (delta: string, more: Partial<MoneyEvidence> = {}): MoneyEvidence => ({
  ...{ delta: Money.of(delta), asOf: '2016-05-19', payments: [], waiting: null, elsewhere: null, flowIsShort: false, asked: [] },
  ...more,
});

describe('N5 F53 — a difference of money has a kind, a cause and a correcting fact', () => {
  it.each<[string, MoneyEvidence, string, object | null]>([
    [
      'the partner holds 359 € of which no batch spoke: lost',
      evidence('359', { asked: [Money.of('359')], payments: [paid('a', '359', '2016-04-05')] }),
      'lost',
      { kind: 'report-payment', amount: '359', valueOn: '2016-05-19', means: 'transfer' },
    ],
    ['the same while its flow is not complete: late, and nothing to correct', evidence('359', { flowIsShort: true }), 'late', null],
    [
      'the same while money of that amount waits for its account',
      evidence('359', { waiting: 'w' }),
      'unmatched',
      { kind: 'attribute-payment', payment: 'w' },
    ],
    [
      'the same while another account has it too many',
      evidence('359', { elsewhere: 'p' }),
      'wrong-account',
      { kind: 'move-payment', payment: 'p' },
    ],
    [
      'told 395 instead of 539, which was asked for: 144 more',
      evidence('144', { payments: [paid('a', '395')], asked: [Money.of('539')] }),
      'wrong-amount',
      { kind: 'correct-amount', payment: 'a', amount: '539' },
    ],
    [
      'two of 359 € on one day where the partner counts one: doubled, the later is taken back',
      evidence('-359', { payments: [paid('a', '359', '2016-04-05'), paid('b', '359'), paid('c', '359')] }),
      'doubled',
      { kind: 'reverse-payment', payment: 'c' },
    ],
    [
      'a cent more than was told: no payment, an amount gone wrong',
      evidence('0.01', { payments: [paid('a', '359')] }),
      'wrong-amount',
      { kind: 'correct-amount', payment: 'a', amount: '359.01' },
    ],
    ['one that the partner counts elsewhere', evidence('-359', { payments: [paid('a', '359')], elsewhere: 'a' }), 'wrong-account', null],
    [
      'one that the partner no longer counts: its reversal was lost',
      evidence('-359', { payments: [paid('a', '359')] }),
      'lost',
      { kind: 'reverse-payment', payment: 'a' },
    ],
    [
      'a cent too much on the only payment',
      evidence('-0.01', { payments: [paid('a', '359.01')] }),
      'wrong-amount',
      { kind: 'correct-amount', payment: 'a', amount: '359' },
    ],
    [
      '36 too many, one of two payments being 359 as asked once corrected',
      evidence('-36', { payments: [paid('a', '100'), paid('b', '395')], asked: [Money.of('359')] }),
      'wrong-amount',
      { kind: 'correct-amount', payment: 'b', amount: '359' },
    ],
    [
      'too many, and nothing says where: a person must',
      evidence('-36', { payments: [paid('a', '100'), paid('b', '395')] }),
      'wrong-amount',
      null,
    ],
  ])('%s', (_, given, type, correction) => {
    const classified = classifyMoney(given);
    expect([classified.type, classified.correction]).toEqual([type, correction]);
    expect(classified.cause.length).toBeLessThanOrEqual(140);
  });

  it('two equal payments on different days are two: neither is a double', () => {
    const payments = [paid('a', '359', '2016-04-05'), paid('b', '359', '2016-05-05')];
    expect(classifyMoney(evidence('-359', { payments })).type).toBe('lost');
  });
});

describe('N5 — the same money, otherwise called or placed', () => {
  const line = (ours: [string, string], theirs: [string, string]) => ({
    ...{ year: 2016, code: 'retraite-base' },
    ...{ ours: { called: ours[0], paid: ours[1] }, theirs: { called: theirs[0], paid: theirs[1] } },
  });

  it('is another version of the rules, and says which line', () => {
    expect(classifyLines([line(['2272', '0'], ['2256', '0'])])).toEqual({
      type: 'other-rules',
      cause: 'retraite-base 2016 : appelé 2\u202f272,00\u00a0€ ici et 2\u202f256,00\u00a0€ à l’Urssaf, autre version des règles',
      correction: null,
    });
    expect(classifyLines([line(['2272', '10'], ['2272', '0'])]).cause).toContain('imputé autrement');
  });
});
