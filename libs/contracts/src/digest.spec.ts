import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, canonicalReading, digestOf, sha256 } from './digest.js';

const double = (hex: string): number => new DataView(Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16)).buffer).getFloat64(0);

describe('RFC 8785 — canonical JSON, with the examples of the standard', () => {
  it('writes the sample of section 3.2.2 with the bytes of section 3.2.4', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    const bytes =
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c' +
      '31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e412742' +
      '5c225c5c5c5c5c222f227d';
    expect(Buffer.from(canonicalJson(sample), 'utf8').toString('hex')).toBe(bytes);
  });

  it('orders keys by UTF-16 unit, as in section 3.2.3: an emoji stands before U+FB33', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object).slice(1)).toEqual([
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(sample).startsWith('{"\\r":"Carriage Return","1":"One",')).toBe(true);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s of appendix B as %s', (hex, text) => {
    expect(canonicalJson(double(hex))).toBe(text);
  });

  it.each([
    ['NaN', NaN],
    ['infinity', { amount: Infinity }],
    ['undefined', undefined],
    ['half a character', ['\ud83d']],
    ['half a character behind a backslash', '\\\udc00'],
    ['half a character as a name', { '\ud800': 1 }],
  ])('refuses %s: it has no canonical form', (_, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });

  it('reads as its text reads back, also where the value holds what no text has', () => {
    const values = fc.anything({ withNullPrototype: false, maxDepth: 4 });
    fc.assert(
      fc.property(values, (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
        } catch {
          return;
        }
        expect(canonicalReading(value)).toEqual({ text, read: JSON.parse(text) as unknown });
        expect(JSON.stringify(canonicalReading(value).read)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    expect(Object.keys(canonicalReading({ a: 1, b: undefined }).read as object)).toEqual(['a']);
    expect(Object.is(canonicalReading([-0]).read, -0)).toBe(false);
  });

  it('takes a text that only looks like half a character', () => {
    expect(canonicalJson('\\ud83d')).toBe('"\\\\ud83d"');
    expect(canonicalJson('\\\\\\ud83d')).toBe(String.raw`"\\\\\\ud83d"`);
  });

  it('is the same for equal values, whatever the order of their keys, and reads back as the value', () => {
    const values = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(fc.property(values, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(value)));
    const fields = fc.dictionary(fc.string({ minLength: 1 }), fc.integer());
    fc.assert(
      fc.property(fields, (value) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('our own writer of canonical JSON', () => {
  it('writes what the library writes, for any JSON value', () => {
    const library = canonicalize as unknown as (value: unknown) => string;
    const values = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(values, (value) => expect(canonicalJson(value)).toBe(library(value))),
      { numRuns: 300 },
    );
  });

  it.each([
    ['keys that look like numbers, as texts', '{"9":1,"10":2,"a":3}', '{"10":2,"9":1,"a":3}'],
    ['a key named __proto__ like any other', '{"b":1,"__proto__":{"x":2}}', '{"__proto__":{"x":2},"b":1}'],
    ['the empty key, and those before the digits', '{" ":1,"":2,"-":3}', '{"":2," ":1,"-":3}'],
  ])('orders %s', (_, json, canonical) => {
    expect(canonicalJson(JSON.parse(json))).toBe(canonical);
  });

  it('leaves out what has no value, and lets amounts say how they are written', () => {
    expect(canonicalJson({ b: undefined, a: [{ toJSON: () => '1234.50' }] })).toBe('{"a":["1234.50"]}');
  });
});

describe('digests', () => {
  it('hashes texts in UTF-8 and bytes alike (FIPS 180-4: "abc")', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256(new Uint8Array([0xc3, 0xa9]))).toBe(sha256('é'));
  });

  it('R8: never changes for a fact: chains written years ago must still verify', () => {
    const fact = {
      specversion: '1.0',
      id: '01544c00-9c00-7000-8000-000000000001',
      source: '/isu/collection',
      type: 'collection.account-opened.v1',
      subject: '1300001234507',
      time: '2016-05-20T10:00:00.000Z',
      datacontenttype: 'application/json',
      seq: 1,
      previous: null,
      position: '1',
      effectiveon: '2016-05-20',
      correlation: '01544c00-9c00-7000-8000-000000000002',
      cause: null,
      data: { openedOn: '2016-05-20' },
    };
    // Computed with tools/oracle (Python), not with this program.
    expect(digestOf(fact)).toBe('a6edad6e31e7d206458d56c2065a1686a2a09431f2e49723a533a90b06b31fc8');
    expect(digestOf({ ...fact, seq: 2 })).not.toBe(digestOf(fact));
  });
});
