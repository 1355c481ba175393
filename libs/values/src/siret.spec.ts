import { Siren, Siret } from './index.js';

describe('SIRET', () => {
  it('73282932000074 is an establishment of 732829320', () => {
    const siret = Siret.of('73282932000074');
    expect(siret.siren).toEqual(Siren.of('732829320'));
    expect(siret.print()).toBe('732 829 320 00074'.replaceAll(' ', '\u202f'));
    expect([siret.toString(), JSON.stringify(siret)]).toEqual(['73282932000074', '"73282932000074"']);
    expect(Siret.typed('732 829 320 00074').equals(siret)).toBe(true);
  });

  it.each([
    ['35600000000048', 'by Luhn'],
    ['35600000009075', 'by the sum of its digits: 3+5+6+9+7+5 = 35'],
  ])('%s, La Poste, passes %s', (text) => expect(Siret.of(text).toString()).toBe(text));

  it('La Poste alone has that liberty, and it has a limit', () => {
    // 3+5+6+9+7+6 = 36; Luhn fails too.
    expect(() => Siret.of('35600000009076')).toThrow(expect.objectContaining({ code: 'siret-key-wrong' }));
    // 732829320 sums to 36; 00004 makes 40, a multiple of five, which does not save it.
    expect(() => Siret.of('73282932000004')).toThrow(expect.objectContaining({ code: 'siret-key-wrong' }));
  });

  it('the SIREN inside must hold too', () => {
    // 732829321 is no SIREN; 00007 makes the whole pass Luhn.
    expect(() => Siret.of('73282932100007')).toThrow(expect.objectContaining({ code: 'siret-key-wrong' }));
  });

  it.each(['7328293200007', '732829320000745', '00000000000000', '00000000000018', '7328293200007A'])('« %s » is malformed', (text) => {
    expect(() => Siret.of(text)).toThrow(expect.objectContaining({ code: 'siret-malformed' }));
  });
});
