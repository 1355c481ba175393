import {
  AccountNumber,
  CreditorReference,
  Day,
  Iban,
  InvalidValue,
  Money,
  Nir,
  Quarter,
  Rate,
  Siren,
  Siret,
  UnroundedMoney,
} from './index.js';

const births: [string, (text: string) => unknown][] = [
  ['an amount', Money.of],
  ['an unrounded amount', UnroundedMoney.of],
  ['a rate', Rate.of],
  ['a percentage', Rate.percent],
  ['a day', Day.of],
  ['a quarter', Quarter.ofText],
  ['an account number', AccountNumber.of],
  ['a NIR', Nir.of],
  ['a SIREN', Siren.of],
  ['a SIRET', Siret.of],
  ['an IBAN', Iban.of],
  ['a payment reference', CreditorReference.of],
  ['a typed account number', AccountNumber.typed],
  ['a typed NIR', Nir.typed],
  ['a typed SIREN', Siren.typed],
  ['a typed SIRET', Siret.typed],
  ['a typed IBAN', Iban.typed],
  ['a typed payment reference', CreditorReference.typed],
];

/** Texts and other things that a hostile or careless sender puts in any field (reliability of the API, bad inputs). */
const hostile: unknown[] = [
  '', ' ', '\u0000', '1\r\n2', '\u202e2016', '\ud800', '=1+1', '__proto__', 'x'.repeat(65_536), '١٢٣', '１２３',
  undefined, null, 12, NaN, {}, [], ['12'], true, { toString: () => '12' },
]; // prettier-ignore

describe('I8 — a text that is not what it claims to be is refused, and never repeated', () => {
  it.each(births)('%s refuses every hostile text with a stable code', (_, birth) => {
    for (const text of hostile) {
      const refusal = refusalOf(() => birth(text as string));
      expect(refusal.code).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(refusal.accepted).toMatch(/^(un|une|la) /);
    }
  });

  it.each([
    [Nir.of, '295109912611199', 'nir-key-wrong'],
    [Iban.of, 'FR7630006000011234567890188', 'iban-key-wrong'],
    [Siret.of, '73282932000075', 'siret-key-wrong'],
    [Money.of, '1234.567', 'money-malformed'],
  ])('R14 — the refusal does not contain the value', (birth: (text: string) => unknown, text, code) => {
    const refusal = refusalOf(() => birth(text));
    expect(refusal.code).toBe(code);
    expect(`${refusal.message} ${refusal.accepted} ${refusal.stack} ${JSON.stringify(refusal)}`).not.toContain(text);
  });
});

function refusalOf(birth: () => unknown): InvalidValue {
  try {
    birth();
  } catch (error) {
    if (error instanceof InvalidValue) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}
