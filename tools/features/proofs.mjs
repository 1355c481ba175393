/** Which test titles bear which numbers. A number in a title of `describe` counts for each test inside. */
import ts from 'typescript';
import { parse } from 'yaml';

const suites = new Set(['describe', 'fdescribe']);
const tests = new Set(['it', 'test', 'fit']);
/** Tests that do not run, or are known to fail, prove nothing. */
const silent = new Set(['skip', 'todo', 'failing']);

/** The rows `| F1 | … |` of the tables of a page: `[{ number, text }]`; the text is the cell before the last of three or more, else the last. */
export function rowsOf(page) {
  return [...page.matchAll(/^\| *([FNIR]\d{1,3}) *\|(.*)\|\s*$/gm)].map(([, number, rest]) => {
    const cells = rest.split('|').map((cell) => cell.trim());
    return { number, text: cells[cells.length === 3 ? 1 : 0] };
  });
}

/** `F49`, `I4`; a range `F96–F99` stands for all four. `R131` is an article of law. */
export function numbersIn(title) {
  const found = [...title.matchAll(/\b(F(?=\d{1,3}\b)|[NIR](?=\d{1,2}\b))(\d+)(?:\s?[–-]\s?\1(\d+))?\b/g)].flatMap(
    ([, letter, from, to]) => {
      const last = Number(to ?? from);
      return Array.from({ length: Math.max(last - Number(from), 0) + 1 }, (_, index) => `${letter}${Number(from) + index}`);
    },
  );
  return [...new Set(found)];
}

/** The full titles of the tests of a TypeScript or JavaScript spec; a row of a table whose title is its own is a test. */
export function titlesOfSpec(source) {
  const titles = [];
  const visit = (node, above) => {
    const call = ts.isCallExpression(node) ? testCall(node) : undefined;
    if (!call) return ts.forEachChild(node, (child) => visit(child, above));
    if (call.silent) return undefined;
    const named = call.rows.length > 0 ? call.rows.map((row) => fill(call.title, row)) : [call.title];
    if (tests.has(call.kind)) titles.push(...named.map((title) => [...above, title].join(' › ')));
    else for (const title of named) ts.forEachChild(node, (child) => visit(child, [...above, title]));
    return undefined;
  };
  visit(ts.createSourceFile('x.spec.ts', source, ts.ScriptTarget.Latest, true), []);
  return titles;
}

/** `it('…')`, `it.each([…])('…')`, `describe.skip('…')`; undefined for any other call. */
function testCall(node) {
  const words = [];
  let callee = node.expression;
  let table;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) {
      words.push(callee.name.text);
      callee = callee.expression;
    } else if (ts.isCallExpression(callee)) {
      [table] = callee.arguments;
      callee = callee.expression;
    } else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else if (ts.isParenthesizedExpression(callee)) callee = callee.expression;
    // `(hasPython ? it : it.skip)`: it runs where its tool is, as it is where the whole suite runs.
    else if (ts.isConditionalExpression(callee)) callee = callee.whenTrue;
    else return undefined;
  }
  const kind = callee.text.replace(/^x(?=it$|test$|describe$)/, '');
  const title = textOf(node.arguments[0]);
  if (title === undefined || !(suites.has(kind) || tests.has(kind))) return undefined;
  return { kind, title, rows: table ? rowsOfTable(table) : [], silent: kind !== callee.text || words.some((word) => silent.has(word)) };
}

function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  if (ts.isBinaryExpression(node)) return `${textOf(node.left) ?? '…'}${textOf(node.right) ?? '…'}`;
  return undefined;
}

function rowsOfTable(table) {
  if (!ts.isArrayLiteralExpression(table)) return [];
  return table.elements.map((row) =>
    (ts.isArrayLiteralExpression(row) ? row.elements : [row]).map((cell) => textOf(cell) ?? cell.getText()),
  );
}

function fill(title, row) {
  let next = 0;
  return title.replace(/%[sdijop]/g, () => row[next++] ?? '');
}

/** `def test_I4_order_does_not_matter` and its docstring, when it has one. */
export const titlesOfPython = (source) =>
  [...source.matchAll(/def (test_\w+)\([^)]*\)[^:]*:\n(?:\s*"""([^"]*))?/g)].map(([, name, words]) =>
    [name.slice('test_'.length).replaceAll('_', ' '), words?.trim()].filter(Boolean).join(': '),
  );

/** The titles of a file of cases: what stands under `title`, `name`, `case`, `about`, wherever it stands. */
export function titlesOfCases(source) {
  const titles = [];
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === 'string' && ['title', 'name', 'case', 'about'].includes(key)) titles.push(part);
      else visit(part);
    }
  };
  visit(parse(source));
  return titles;
}

/** `[{ number, text, proven, tests: [{ file, title }] }]`, and the numbers that titles bear but no page has. */
export function proofs(rows, titlesByFile) {
  const byNumber = new Map(rows.map((row) => [row.number, { ...row, proven: false, tests: [] }]));
  const unknown = [];
  for (const [file, titles] of titlesByFile) {
    for (const title of titles) {
      for (const number of numbersIn(title)) {
        const row = byNumber.get(number);
        if (row) Object.assign(row, { proven: true }).tests.push({ file, title });
        else unknown.push({ number, file, title });
      }
    }
  }
  return { rows: [...byNumber.values()], unknown };
}
