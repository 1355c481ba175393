import { Nir } from './index.js';

/** The first thirteen followed by the key worked out here with BigInt, to stand on every threshold of the other rules. */
function withKey(body: string): string {
  const key = 97n - (BigInt(body.replace('2A', '19').replace('2B', '18')) % 97n);
  return body + String(key).padStart(2, '0');
}

describe('NIR — published and hand-worked numbers', () => {
  it.each([
    ['295109912611193', 'born abroad (99)'],
    ['186022A21532523', 'Corse-du-Sud, 2A read 19'],
    ['255072B12304580', 'Haute-Corse, 2B read 18'],
    ['180127512345642', 'Paris'],
    ['168332A00401290', 'month 33: incomplete civil status'],
    ['184127645108946', '1 84 12 76 451 089: 1841276451089 = 97 × 18982231454 + 51, key 97 − 51 = 46'],
  ])('%s is accepted: %s', (text) => {
    expect(Nir.of(text).toString()).toBe(text);
    expect(Nir.of(text).isProvisional).toBe(false);
  });

  it.each(['295109912611199', '186022A21532524', '180127512345641', '295109912611100', '295109912611198'])('%s has a wrong key', (text) => {
    expect(() => Nir.of(text)).toThrow(expect.objectContaining({ code: 'nir-key-wrong' }));
  });
});

describe('NIR — month, department, first digit', () => {
  it.each(['01', '12', '20', '30', '42', '50', '99'])('month %s is accepted', (month) => {
    expect(() => Nir.of(withKey(`180${month}75123456`))).not.toThrow();
  });

  it.each(['00', '13', '19', '21', '29', '43', '49'])('month %s is refused', (month) => {
    expect(() => Nir.of(withKey(`180${month}75123456`))).toThrow(expect.objectContaining({ code: 'nir-month-wrong' }));
  });

  it.each(['01', '19', '21', '95', '96', '97', '98', '99', '2A', '2B'])('department %s is accepted', (department) => {
    expect(() => Nir.of(withKey(`18012${department}123456`))).not.toThrow();
  });

  it('department 20 is accepted up to births of 1975, refused from 1976, when Corsica became 2A and 2B', () => {
    expect(() => Nir.of(withKey('1751220123456'))).not.toThrow();
    expect(() => Nir.of(withKey('1761220123456'))).toThrow(expect.objectContaining({ code: 'nir-department-wrong' }));
    expect(() => Nir.of(withKey('1801200123456'))).toThrow(expect.objectContaining({ code: 'nir-department-wrong' }));
  });

  it.each(['3', '4', '7', '8'])('a number that begins with %s is provisional', (first) => {
    expect(Nir.of(withKey(`${first}801275123456`)).isProvisional).toBe(true);
  });

  it.each(['0', '5', '6', '9'])('no number begins with %s', (first) => {
    expect(() => Nir.of(withKey(`${first}801275123456`))).toThrow(expect.objectContaining({ code: 'nir-malformed' }));
  });

  it.each([
    '1801275123456',
    '18012751234564',
    '1801275123456420',
    '186022C21532523',
    '186022a21532523',
    '1 80 12 75 123 456 42',
    '18012751234564A',
  ])('« %s » is malformed', (text) => {
    expect(() => Nir.of(text)).toThrow(expect.objectContaining({ code: 'nir-malformed' }));
  });
});

describe('NIR — as people type and read it', () => {
  it('spaces, dashes and small letters do not count', () => {
    expect(Nir.typed('1 86 02 2a 215 325 23')).toEqual(Nir.of('186022A21532523'));
    expect(Nir.typed('1-80-12-75-123-456-42').equals(Nir.of('180127512345642'))).toBe(true);
  });

  it('is printed in its groups', () => {
    expect(Nir.of('295109912611193').print()).toBe('2 95 10 99 126 111 93'.replaceAll(' ', '\u202f'));
    expect(JSON.stringify(Nir.of('295109912611193'))).toBe('"295109912611193"');
  });
});
