import fc from 'fast-check';
import { AccountNumber, CreditorReference } from './index.js';

const account = AccountNumber.make('13', 12_345);

describe('ISO 11649 — the payment reference that a notice prints and a transfer carries back', () => {
  it('RF18 5390 0754 7034, the example of the norm, is accepted and is none of ours', () => {
    const reference = CreditorReference.of('RF18539007547034');
    expect(reference.print()).toBe('RF18 5390 0754 7034'.replaceAll(' ', '\u202f'));
    expect(reference.account).toBeUndefined();
  });

  it('account 13 000012345 17, instalment 5: 1300001234517·5·2715·00 = 97 × 134020745826549190 + 70, check digits 98 − 70 = 28', () => {
    const reference = CreditorReference.make(account, '5');
    expect(reference.toString()).toBe('RF2813000012345175');
    expect(reference.account).toEqual(account);
    expect(reference.instalment).toBe('5');
  });

  it('every account and instalment come back from the reference made of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.stringMatching(/^[A-Z0-9]{1,8}$/), (sequence, instalment) => {
        const made = CreditorReference.make(AccountNumber.make('29', sequence), instalment);
        const read = CreditorReference.of(made.toString());
        expect(read.account).toEqual(AccountNumber.make('29', sequence));
        expect(read.instalment).toBe(instalment);
        expect(made.toString().length).toBeLessThanOrEqual(25);
      }),
    );
  });

  it('one wrong character is refused', () => {
    const text = CreditorReference.make(account, '2016M05').toString();
    fc.assert(
      fc.property(fc.integer({ min: 2, max: text.length - 1 }), fc.constantFrom(...'0123456789'), (place, digit) => {
        const wrong = text.slice(0, place) + digit + text.slice(place + 1);
        expect(CreditorReference.check(wrong)).toBe(wrong === text);
      }),
    );
  });

  it.each([
    ['RF19539007547034', 'creditor-reference-key-wrong'],
    ['RF00539007547034', 'creditor-reference-key-wrong'],
    ['RF18', 'creditor-reference-malformed'],
    ['XX18539007547034', 'creditor-reference-malformed'],
    ['rf18539007547034', 'creditor-reference-malformed'],
    ['RF18 5390 0754 7034', 'creditor-reference-malformed'],
    ['RF181234567890123456789012', 'creditor-reference-malformed'],
    ['RF18É', 'creditor-reference-malformed'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => CreditorReference.of(text)).toThrow(expect.objectContaining({ code }));
    expect(CreditorReference.check(text)).toBe(false);
  });

  it('a bank may have regrouped it', () => {
    const made = CreditorReference.make(account, '2016M05');
    expect(CreditorReference.typed(made.print().toLowerCase()).equals(made)).toBe(true);
    expect(JSON.stringify(made)).toBe(`"${made.toString()}"`);
  });

  it('no account where thirteen digits do not make one, or where no instalment follows', () => {
    expect(referenceOf('1300001234518X').account).toBeUndefined();
    expect(referenceOf('1300001234517').account).toBeUndefined();
  });

  it('made by the program from an impossible instalment is a fault', () => {
    for (const instalment of ['', '2016-M05', '123456789', 'm05'])
      expect(() => CreditorReference.make(account, instalment)).toThrow('one to eight');
  });
});

/** Any body with the check digits that make it valid. */
function referenceOf(body: string): CreditorReference {
  for (let check = 2; check <= 98; check += 1) {
    const text = `RF${String(check).padStart(2, '0')}${body}`;
    if (CreditorReference.check(text)) return CreditorReference.of(text);
  }
  throw new Error('No check digits fit.');
}
