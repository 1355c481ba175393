import { Iban } from './index.js';

describe('IBAN', () => {
  it.each([
    'FR7630006000011234567890189',
    'FR1420041010050500013M02606',
    'DE89370400440532013000',
    'GB82WEST12345698765432',
    'BE68539007547034',
    'ES9121000418450200051332',
    'MC5811222000010123456789030',
  ])('%s, an example of the registry, is accepted', (text) => {
    expect(Iban.of(text).toString()).toBe(text);
    expect(Iban.of(text).country).toBe(text.slice(0, 2));
  });

  it.each([
    ['FR7630006000011234567890188', 'iban-key-wrong', 'one digit changed'],
    ['FR7630006000011234567809189', 'iban-key-wrong', 'two digits exchanged'],
    ['FR0630006000011234567890188', 'iban-key-wrong', 'a national key (RIB) that does not hold, whatever the first key'],
    ['FR763000600001123456789018', 'iban-malformed', 'one character short'],
    ['DE8937040044053201300A', 'iban-malformed', 'a letter where the country has digits'],
    ['XX7630006000011234567890189', 'iban-country-unknown', 'no such country'],
    ['fr7630006000011234567890189', 'iban-malformed', 'small letters'],
    ['FR76 3000 6000 0112 3456 7890 189', 'iban-malformed', 'spaces'],
    ['FR7', 'iban-malformed', 'a beginning'],
  ])('%s is refused (%s): %s', (text, code) => {
    expect(() => Iban.of(text)).toThrow(expect.objectContaining({ code }));
  });

  it('is typed with spaces and small letters, printed in groups of four', () => {
    const iban = Iban.typed(' fr76 3000 6000 0112 3456 7890 189 ');
    expect(iban.equals(Iban.of('FR7630006000011234567890189'))).toBe(true);
    expect(iban.print()).toBe('FR76 3000 6000 0112 3456 7890 189'.replaceAll(' ', '\u202f'));
    expect(JSON.stringify(iban)).toBe('"FR7630006000011234567890189"');
  });

  it('I9 — is masked to its country, key and last three characters', () => {
    expect(Iban.of('FR7630006000011234567890189').masked()).toBe('FR76 •••• … 189'.replaceAll(' ', '\u202f'));
  });
});
