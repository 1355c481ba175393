import { delayText, shareText, stretchText } from './delay-words.js';

describe('N4 — delays as people read them', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [1_201, '1,3 s'],
    [60_000, '1 min'],
    [90_000, '1,5 min'],
    [3_600_000, '1 h'],
    [86_400_000, '1 j'],
  ])('%d ms is %s, never less', (ms, text) => expect(delayText(ms)).toBe(text));

  it('nothing measured is nothing', () => expect(delayText(null)).toBe('sans objet'));

  it.each([
    [3, 4, '75 %'],
    [2, 3, '66,6 %'],
    [999, 1_000, '99,9 %'],
    [9_999, 10_000, '99,9 %'],
    [4, 4, '100 %'],
  ])('%d of %d is %s, never more', (part, whole, text) => expect(shareText(part, whole)).toBe(text));

  it('an hour, a day, a month', () => {
    expect([1, 24, 720].map(stretchText)).toEqual(['La dernière heure', 'Les dernières vingt-quatre heures', 'Les 30 derniers jours']);
  });
});
