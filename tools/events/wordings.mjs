/** The docstrings of the event classes, for readers who will never open our sources. */

const classWithDocs = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export class (\w+) \{\n([\s\S]*?)\n\}/g;
const fieldWithDocs = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:@\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*)+(\w+)[!?]: /g;

/** `{ Assessed: { text: 'What is owed…', fields: { version: '1, 2, 3 …' } } }` out of the text of an events file. */
export function wordingsOf(source) {
  return Object.fromEntries(
    [...source.matchAll(classWithDocs)].map(([, docs, name, body]) => {
      const fields = [...body.matchAll(fieldWithDocs)].filter(([, words]) => words).map(([, words, field]) => [field, oneText(words)]);
      return [name, { text: docs ? oneText(docs) : '', fields: Object.fromEntries(fields) }];
    }),
  );
}

const oneText = (docs) =>
  docs
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter(Boolean)
    .join(' ');
