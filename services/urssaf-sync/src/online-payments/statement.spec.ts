import { generateKeyPairSync } from 'node:crypto';
import { Money } from '@isu/values';
import { judgeSignature, signatureOf } from './provider-signature.js';
import { judgeStatement, readStatement, type OnlineOrder, type Statement } from './statement.js';

const id = (last: number): string => `01890a5d-ac96-774b-bcce-00000000000${String(last)}`;
const order: OnlineOrder = {
  ...{ order: id(1), account: '1300000000176', amount: Money.of('359'), openedOn: '2016-05-20', state: 'open', reference: null },
  ...{ expiresAt: new Date('2016-05-20T10:30:00Z'), correlation: id(9), asked: 0 },
};
const paid: Statement = {
  ...{ statement: id(2), order: id(1), status: 'paid', amount: '359', currency: 'EUR', reference: 'TP-1', bankReference: 'E2E-1' },
  ...{ method: 'account', paidOn: '2016-05-20' },
};
const judge = (changes: Partial<Statement>, known: Partial<OnlineOrder> = {}) => {
  const judged = judgeStatement({ ...order, ...known }, { ...paid, ...changes }, '2016-05-21');
  return judged.kind === 'contradiction' ? judged.because : judged.kind === 'failed' ? judged.outcome : judged.kind;
};

describe('F34 — what a word of the provider means for its order', () => {
  it.each([
    ['what was ordered is paid', {}, {}, 'paid'],
    ['another amount is a contradiction', { amount: '358.99' }, {}, 'other-amount'],
    ['359 of another money is not 359 €', { currency: 'CHF' }, {}, 'other-currency'],
    ['received before it was ordered', { paidOn: '2016-05-19' }, {}, 'impossible-day'],
    ['received tomorrow', { paidOn: '2016-05-22' }, {}, 'impossible-day'],
    ['a second payment of a paid order', { reference: 'TP-2' }, { state: 'paid', reference: 'TP-1' } as const, 'order-paid-already'],
    ['the same payment again', {}, { state: 'paid', reference: 'TP-1' } as const, 'paid'],
    ['paid after it was said to be cancelled', {}, { state: 'cancelled' } as const, 'paid'],
    ['refused', { status: 'refused' } as const, {}, 'refused'],
    ['cancelled after it was paid', { status: 'cancelled' } as const, { state: 'paid', reference: 'TP-1' } as const, 'nothing-new'],
    ['still on the page', { status: 'pending' } as const, {}, 'nothing-new'],
  ])('%s', (_, changes, known, meaning) => expect(judge(changes, known)).toBe(meaning));

  it('a card is a card; the order goes with the money, and so does the name that the bank will give it', () => {
    expect(judgeStatement(order, { ...paid, method: 'card' }, '2016-05-20')).toMatchObject({
      line: { means: 'card', order: id(1), bankReference: 'E2E-1', account: order.account, valueOn: '2016-05-20' },
    });
  });

  it.each([
    ['no amount', { amount: undefined }, 'amount'],
    ['an amount of nothing', { amount: '0' }, 'amount'],
    ['three decimals', { amount: '359.001' }, 'amount'],
    ['paid without a reference', { reference: undefined }, 'reference'],
    ['paid on no day', { paidOn: '2016-02-30' }, 'paidOn'],
    ['an order that is none', { order: 'x' }, 'order'],
    ['a state that is none', { status: 'maybe' }, 'status'],
  ])('I8 refuses %s, and says which field', (_, changes, field) => {
    const bytes = Buffer.from(JSON.stringify({ ...paid, ...changes }));
    expect(() => readStatement(bytes)).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });

  it.each(['', '[]', 'null', '{"a":1,"a":2}', '\ufeff{}'])('I8 refuses %j, which is no statement', (text) => {
    expect(() => readStatement(Buffer.from(text))).toThrow();
  });
});

describe('F34 — the signature over the instant and the bytes as they came', () => {
  const [ours, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const [body, at] = [Buffer.from('{"amount":"359"}'), new Date('2016-05-20T10:00:00Z')];
  const judged = (header: string | undefined, bytes: Uint8Array = body, now = at) =>
    judgeSignature(header, bytes, { key: ours.publicKey, now });
  const header = signatureOf(body, { key: ours.privateKey, at });

  it.each([
    ['as it was sent', 'valid', [header, body, at]],
    ['four minutes later', 'valid', [header, body, new Date(at.getTime() + 240_000)]],
    ['by a clock that is five minutes behind', 'valid', [header, body, new Date(at.getTime() - 300_000)]],
    ['replayed after 301 seconds', 'late', [header, body, new Date(at.getTime() + 301_000)]],
    ['one byte changed', 'forged', [header, Buffer.from('{"amount":"358"}'), at]],
    ['the instant changed', 'forged', [header.replace(/^t=\d+/, 't=1463738401'), body, at]],
    ['by somebody else', 'forged', [signatureOf(body, { key: other.privateKey, at }), body, at]],
    ['unsigned', 'missing', [undefined, body, at]],
    ['an empty signature', 'missing', ['t=1463738400,ed25519=', body, at]],
  ] as const)('%s: %s', (_, verdict, [given, bytes, now]) => expect(judged(given, bytes, now)).toBe(verdict));
});
