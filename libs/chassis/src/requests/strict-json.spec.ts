import { parseStrictJson, UnacceptableJson } from './strict-json.js';

const codeOf = (text: string): string => {
  try {
    parseStrictJson(text);
    return 'accepted';
  } catch (error) {
    return error instanceof UnacceptableJson ? error.code : String(error);
  }
};

describe('I8 — JSON from outside', () => {
  it.each([
    '{}',
    '[]',
    'null',
    '"text with { [ \\" : , inside"',
    '{"a":{"b":[1,2,{"b":3}]},"b":"a"}',
    '[{"a":1},{"a":2}]',
    '{"a":"a","b":"a"}',
    '{"text":"{\\"a\\":1,\\"a\\":2}"}',
    '{"é":1,"e\u0301":2}',
    '{"n":9007199254740991,"m":-1.5,"k":1e3}',
    '"\\ud83d\\ude00"',
    `${'['.repeat(32)}${']'.repeat(32)}`,
  ])('takes %s as JSON.parse does', (text) => expect(parseStrictJson(text)).toEqual(JSON.parse(text)));

  it.each([
    ['', 'json-syntax'],
    ['{"a":1', 'json-syntax'],
    ['{"a":1}}', 'json-syntax'],
    ["{'a':1}", 'json-syntax'],
    ['{"a":01}', 'json-syntax'],
    ['NaN', 'json-syntax'],
    ['\ufeff{}', 'json-syntax'],
    ['{"a":1,"a":1}', 'json-duplicate-key'],
    ['{"a":1,"b":{"c":1},"a":2}', 'json-duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'json-duplicate-key'],
    ['[[{"a":[],"a":[]}]]', 'json-duplicate-key'],
    ['{"":1,"":2}', 'json-duplicate-key'],
    ['{"__proto__":{}}', 'json-forbidden-key'],
    ['{"a":{"\\u005f_proto__":1}}', 'json-forbidden-key'],
    ['{"constructor":{"prototype":{}}}', 'json-forbidden-key'],
    ['{"a":"\\u0000"}', 'json-forbidden-text'],
    ['{"\\u0000":1}', 'json-forbidden-text'],
    ['["\\ud800"]', 'json-forbidden-text'],
    ['["\\udc00\\ud800"]', 'json-forbidden-text'],
    ['9007199254740993', 'json-number'],
    // These come back to the letter from a double, and are beyond what it holds exactly all the same.
    ['9007199254740992', 'json-number'],
    ['{"a":-9007199254740992}', 'json-number'],
    ['[1,9007199254740992]', 'json-number'],
    ['[1e+21]', 'json-number'],
    ['[1e999]', 'json-number'],
    ['[-0]', 'json-number'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'json-depth'],
    [`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'json-depth'],
    ['['.repeat(1_000_000), 'json-depth'],
  ])('refuses case %#: %.30s', (text, code) => expect(codeOf(text)).toBe(code));

  it('reads a mebibyte of one text, and of many small ones, without running out of stack', () => {
    expect(codeOf(JSON.stringify('a'.repeat(1_048_000)))).toBe('accepted');
    expect(codeOf(JSON.stringify(Array.from({ length: 100_000 }, (_, n) => ({ n }))))).toBe('accepted');
    expect(codeOf(`"${'\\u0061'.repeat(170_000)}"`)).toBe('accepted');
  });
});
