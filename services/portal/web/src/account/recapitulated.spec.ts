import { recapitulated } from './recapitulated.js';

const assessed = (amounts: Readonly<Record<string, string>>) => ({
  lines: Object.entries(amounts).map(([code, amount]) => ({ code, amount })),
});

describe('F25 — definitive less provisional, line by line', () => {
  it('1 690 definitive and 1 365 provisional make a supplement of 325', () => {
    expect(recapitulated(assessed({ maladie: '1365' }), assessed({ maladie: '1690' }))).toEqual([
      { code: 'maladie', provisional: '1365', definitive: '1690', difference: '325' },
    ]);
  });

  it('a contribution that only one of the two asks for counts as nothing in the other', () => {
    expect(recapitulated(assessed({ cfp: '95' }), assessed({ maladie: '100' }))).toEqual([
      { code: 'maladie', provisional: '0', definitive: '100', difference: '100' },
      { code: 'cfp', provisional: '95', definitive: '0', difference: '-95' },
    ]);
  });

  it('F23 — there is no difference as long as the year is not regularised', () => {
    expect(recapitulated(assessed({ maladie: '1365' }), undefined)).toEqual([
      { code: 'maladie', provisional: '1365', definitive: null, difference: null },
    ]);
  });
});
