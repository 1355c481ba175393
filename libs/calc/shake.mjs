/**
 * Leaves out of a bundle the law that the asked years never read: `esbuild({ plugins: [lawSince(2025)] })`. Values and formulas that ended
 * before are dropped where they are listed, and the bundler drops what only they used. Earlier years are then refused (`not-in-force`).
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A year still reads the PASS of the one before, and the rules of the day an activity started: the longest relief runs over four civil years. */
const yearsRead = 4;

const lists = new Set(['dated', 'versions']);

/** The source of a rule without the entries that ended by then; the last one in force on that day stays. */
export function sourceSince(year, text) {
  const firstDay = `${year - yearsRead}-01-01`;
  const dropped = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && lists.has(node.expression.getText())) dropped.push(...ended(node.arguments[2], firstDay));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('rule.ts', text, ts.ScriptTarget.Latest, true));
  return dropped.reverse().reduce((kept, [from, to]) => kept.slice(0, from) + kept.slice(to), text);
}

/** Where the entries stand that the next one replaced by that day. A list that is worked out, rather than written, stays whole. */
function ended(list, firstDay) {
  if (!list || !ts.isArrayLiteralExpression(list)) return [];
  const { elements } = list;
  return elements
    .slice(0, -1)
    .map((entry, i) => ({ from: entry.getFullStart(), to: elements[i + 1].getFullStart(), replacedOn: fromOf(elements[i + 1]) }))
    .filter(({ replacedOn }) => replacedOn !== null && replacedOn <= firstDay)
    .map(({ from, to }) => [from, to]);
}

function fromOf(entry) {
  if (!ts.isObjectLiteralExpression(entry)) return null;
  const from = entry.properties.find((property) => property.name?.getText() === 'from')?.initializer;
  return from && ts.isStringLiteral(from) ? from.text : null;
}

/** For esbuild; the sources of the law only. */
export const lawSince = (year) => ({
  name: `law-since-${year}`,
  setup({ onLoad }) {
    onLoad({ filter: /libs\/calc\/src\/(?:law|rules)\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: sourceSince(year, readFileSync(path, 'utf8')),
    }));
  },
});
