import { existsSync, readFileSync } from 'node:fs';
import { format } from 'oxfmt';

const root = new URL('../../', import.meta.url);
export const page = new URL('docs/law.md', root);

const fileOf = ({ id }) => `libs/calc/src/rules/${id}.ts`;
const specOf = ({ id }) => `libs/calc/src/rules/${id}.spec.ts`;
const link = (path) => `[${path.split('/').at(-1)}](../${path})`;
const row = (cells) => `| ${cells.map((text) => String(text).replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The rules whose file has no spec of its own: an article without a test. */
export const untested = (rules) => rules.filter((rule) => !existsSync(new URL(specOf(rule), root)));

/** The text of docs/law.md, as the rules stand. */
export async function lawPage({ rules, groundTexts, pricedYears }) {
  const text = `${readFileSync(new URL('preface.md', import.meta.url), 'utf8')}
Years priced: ${pricedYears[0]} to ${pricedYears.at(-1)}.

## Article → file → test

${table(
  ['Article', 'Line', 'Rule', 'Test'],
  rules.map((rule) => [rule.law, `\`${rule.code}\``, link(fileOf(rule)), link(specOf(rule))]),
)}

What the lines bear on, and what follows them:

${table(
  ['Article', 'Subject', 'Rule', 'Test'],
  groundTexts.map((text) => [text.law, text.title, link(fileOf(text)), link(specOf(text))]),
)}

Beside each rule, the worked cases of \`libs/calc/src/cases\` price whole situations, with the source of each expectation.

## Not settled, and the default taken

${unsettled([...rules, ...groundTexts])}

## Every value, its date and its source

${table(['Parameter', 'From', 'Value', 'Source', 'Status'], parameters([...rules, ...groundTexts]).flatMap(valueRows))}
`;
  const { code } = await format('law.md', text);
  return code;
}

const parameters = (rules) => [...new Set(rules.flatMap((rule) => rule.parameters))];

const valueRows = ({ label, entries }) =>
  entries.map((entry) => [label, entry.from, valueText(entry.value), entry.source, entry.unsure ? 'unsure' : 'verified']);

function unsettled(rules) {
  const ofRules = rules.flatMap((rule) => rule.unsure.map((text) => `- **${rule.title}.** ${text}`));
  const ofValues = parameters(rules).flatMap(({ label, entries }) =>
    entries.filter((entry) => entry.unsure).map((entry) => `- **${label}**, ${entry.from}. ${entry.unsure}`),
  );
  return [...new Set([...ofRules, ...ofValues])].join('\n');
}

function valueText(value) {
  if (value === null) return 'plus de règle';
  if (Array.isArray(value)) return value.map(pieceText).join(', ');
  return typeof value.print === 'function' ? value.print() : String(value);
}

const pieceText = (piece) =>
  typeof piece.print === 'function'
    ? piece.print()
    : 'pass' in piece
      ? `${piece.rate.print()} à ${piece.pass.print()} du PASS`
      : `${piece.label} ${piece.perMille} ‰`;
