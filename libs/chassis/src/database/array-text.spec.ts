import fc from 'fast-check';
import pg from 'pg';
import { arrayText } from './array-text.js';

/** The driver's own reading of `text[]`. */
const read = pg.types.getTypeParser(1009 as typeof pg.types.builtins.TEXT) as (text: string) => unknown;

describe('A list on its way to PostgreSQL', () => {
  it('is read back as it was, texts of any kind and numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('', 'NULL', 'a,b', '{', ' x ', 'é', 'l’été'), fc.string())), (texts) => {
        const text = arrayText(texts);
        if (text !== null) expect(read(text)).toEqual(texts);
      }),
    );
    expect(arrayText(['csg-crds', 'NULL', '', 'a,b{c}'])).toBe('{"csg-crds","NULL","","a,b{c}"}');
    expect(arrayText([2016, -1.5, 0])).toBe('{2016,-1.5,0}');
    expect(arrayText([])).toBe('{}');
  });

  it('is left to the driver where an element is nothing, of a class, a list, of two kinds, or needs an escape', () => {
    for (const list of [['a', null], [undefined], [new Date()], [Buffer.from('a')], [['a']], ['a', 1], [true], ['"'], ['\\']])
      expect(arrayText(list)).toBeNull();
  });
});
