import { parameterText } from './parameter-text.js';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('N2 — a value of the law as people read it', () => {
  it.each([
    ['38616', '38 616 €'],
    ['0.065', '6,5 %'],
    ['0.4', '40 %'],
    ['5', '500 %'],
    ['previous', 'année précédente'],
    ['0:0.03 0.7:0.065', '3 % à 0 % du PASS, 6,5 % à 70 % du PASS'],
    ['something else', 'something else'],
  ])('%s reads « %s »', (value, read) => {
    expect(plain(parameterText(value))).toBe(read);
  });
});
