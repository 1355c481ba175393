import { copied } from './copy-rows.js';

describe('a value as the text format of COPY writes it', () => {
  it.each<[string, Parameters<typeof copied>[0], string]>([
    ['nothing at all', null, '\\N'],
    ['an empty text, which is not nothing', '', ''],
    ['a text that looks like nothing', '\\N', '\\\\N'],
    ['a text that looks like the end', '\\.', '\\\\.'],
    ['a tab, a line feed and a carriage return', 'a\tb\nc\rd', 'a\\tb\\nc\\rd'],
    ['accents, as they are', 'Crémerie « Été »', 'Crémerie « Été »'],
    ['bytes', Buffer.from([0, 92, 255]), '\\\\x005cff'],
    ['a number', 12, '12'],
  ])('%s', (_, value, expected) => {
    expect(copied(value)).toBe(expected);
  });
});
