import { Siren } from './index.js';

describe('SIREN', () => {
  it('732 829 320: 7+6+2+7(16)… is a multiple of ten (7+6+2+7+2+9+3+4+0 = 40)', () => {
    const siren = Siren.of('732829320');
    expect(siren.print()).toBe('732\u202f829\u202f320');
    expect([siren.toString(), JSON.stringify(siren)]).toEqual(['732829320', '"732829320"']);
    expect(Siren.typed('732 829 320').equals(siren)).toBe(true);
  });

  it('La Poste is 356 000 000', () => expect(() => Siren.of('356000000')).not.toThrow());

  it.each(['732829321', '723829320'])('%s has a wrong key', (text) => {
    expect(() => Siren.of(text)).toThrow(expect.objectContaining({ code: 'siren-key-wrong' }));
  });

  it.each(['000000000', '73282932', '7328293200', '73282932O', '732 829 320'])('« %s » is malformed', (text) => {
    expect(() => Siren.of(text)).toThrow(expect.objectContaining({ code: 'siren-malformed' }));
  });
});
