#!/usr/bin/env node
/**
 * `npm run features`: every feature and invariant by number, with the tests whose titles bear it.
 *
 *     npm run features                 the table: proven or not, how many tests
 *     npm run features -- F49 I4       the titles of the tests of these numbers
 *     npm run features -- --json       everything, for programs
 *
 * It reads titles, it does not run them: `npm test` does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proofs, rowsOf, titlesOfCases, titlesOfPython, titlesOfSpec } from './proofs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const wanted = process.argv.slice(2).filter((argument) => /^[FNIR]\d+$/.test(argument));

const rows = ['docs/features.md', 'docs/invariants.md'].flatMap((page) => rowsOf(read(page)));
const report = proofs(rows, ['libs', 'services', 'tools', 'e2e'].flatMap(testFiles).map(titlesOfFile));

if (process.argv.includes('--json')) console.log(JSON.stringify({ counts: counts(), ...report }, null, 2));
else if (wanted.length > 0) showTests();
else showTable();

function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|dist|\.[^/]+)\//.test(path))
    .filter((path) => /\.spec\.tsx?$|(^|\/)test_\w+\.py$|(^|\/)cases\/.*\.ya?ml$/.test(path))
    .sort();
}

function titlesOfFile(path) {
  const source = read(path);
  if (/\.tsx?$/.test(path)) return [path, titlesOfSpec(source)];
  return [path, path.endsWith('.py') ? titlesOfPython(source) : titlesOfCases(source)];
}

function counts() {
  const families = { F: 'features', N: 'beyond the sources', I: 'invariants', R: 'after faults' };
  return Object.entries(families).map(([letter, name]) => {
    const all = report.rows.filter(({ number }) => number.startsWith(letter));
    return { letter, name, total: all.length, proven: all.filter(({ proven }) => proven).length };
  });
}

function showTable() {
  for (const { number, proven, tests, text } of report.rows) {
    const count = proven ? `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}` : '';
    console.log(`${number.padEnd(5)}${(proven ? 'proven' : 'not proven').padEnd(12)}${count.padStart(9)}  ${text.slice(0, 90)}`);
  }
  console.log('');
  for (const { letter, name, total, proven } of counts())
    console.log(`${letter}  ${`${proven} of ${total}`.padStart(10)} proven  (${name})`);
  for (const { number, file, title } of report.unknown) console.log(`? ${number} is on no page: ${file}: ${title}`);
}

function showTests() {
  for (const { number, text, tests } of report.rows.filter((row) => wanted.includes(row.number))) {
    console.log(
      `${number} ${text}\n${tests.map(({ file, title }) => `    ${file}: ${title}`).join('\n') || '    no test bears this number'}`,
    );
  }
}
