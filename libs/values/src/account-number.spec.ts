import fc from 'fast-check';
import { AccountNumber } from './index.js';

describe('account numbers', () => {
  it('fund 13, sequence 12 345: 13 000 012 345 = 97 × 134 020 745 + 80, so the key is 17', () => {
    const account = AccountNumber.make('13', 12_345);
    expect(account.toString()).toBe('1300001234517');
    expect(JSON.stringify(account)).toBe('"1300001234517"');
    expect(account.print()).toBe('13\u202f000012345\u202f17');
    expect(account.fund).toBe('13');
  });

  it('a multiple of 97 has the key 97, never 00', () => {
    expect(AccountNumber.make('00', 97).toString()).toBe('0000000009797');
    expect(() => AccountNumber.of('0000000009700')).toThrow(expect.objectContaining({ code: 'account-number-key-wrong' }));
  });

  it('one wrong digit, or two exchanged, is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.nat(12), fc.integer({ min: 1, max: 9 }), (sequence, place, shift) => {
        const digits = AccountNumber.make('29', sequence).toString();
        expect(AccountNumber.of(digits).equals(AccountNumber.make('29', sequence))).toBe(true);
        const wrong = digits.slice(0, place) + ((Number(digits[place]) + shift) % 10) + digits.slice(place + 1);
        expect(AccountNumber.check(wrong)).toBe(false);
        const exchanged = digits.slice(0, place) + (digits[place + 1] ?? '') + digits[place]! + digits.slice(place + 2);
        if (exchanged !== digits) expect(AccountNumber.check(exchanged)).toBe(false);
      }),
    );
  });

  it.each(['130000123451', '13000012345170', '13 000012345 17', '1300001234O17', ''])('« %s » is malformed', (text) => {
    expect(() => AccountNumber.of(text)).toThrow(expect.objectContaining({ code: 'account-number-malformed' }));
    expect(AccountNumber.check(text)).toBe(false);
  });

  it('may be typed with the spaces it is printed with, and sorted', () => {
    const account = AccountNumber.make('13', 12_345);
    expect(AccountNumber.typed(` ${account.print()} `)).toEqual(account);
    const next = AccountNumber.make('13', 12_346);
    expect([account.compare(next), next.compare(account), account.compare(account)]).toEqual([-1, 1, 0]);
  });

  it('made by the program from nonsense is a fault', () => {
    expect(() => AccountNumber.make('1', 1)).toThrow('two digits');
    for (const sequence of [-1, 0.5, 1_000_000_000]) expect(() => AccountNumber.make('13', sequence)).toThrow('nine digits');
  });
});
