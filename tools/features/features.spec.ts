import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numbersIn, proofs, rowsOf, titlesOfCases, titlesOfPython, titlesOfSpec } from './proofs.mjs';

describe('features and the tests that prove them', () => {
  it('reads the numbered rows of a page, with what the feature is', () => {
    const page =
      '| F | origin | feature | it works when… |\n| - | - | - | - |\n| F2 | A | By e-mail | It arrives. |\n| N1 | One account | Every screen. |\n| I10 | Anything may die |\n';
    expect(rowsOf(page)).toEqual([
      { number: 'F2', text: 'By e-mail' },
      { number: 'N1', text: 'One account' },
      { number: 'I10', text: 'Anything may die' },
    ]);
  });

  it('finds numbers and ranges in a title, not in articles of law or words', () => {
    expect(numbersIn('F49, I4 (R7): a payment known to both')).toEqual(['F49', 'I4', 'R7']);
    expect(numbersIn('F96–F99 and N1-N2, F96 again')).toEqual(['F96', 'F97', 'F98', 'F99', 'N1', 'N2']);
    expect(numbersIn('RF18 1300, CSS D. 613-1, L131-6, R131, R133-26, i4, XF49')).toEqual([]);
  });

  it('takes the full titles of a spec: numbers of a describe count for each test inside', () => {
    const source = `
      describe('F45: the simulator', () => {
        it('prices 26 000 €', () => {});
        describe(\`with \${regime}\`, () => test("a 'quoted' case" + ' in two parts', async () => { it.only; }));
      });
      it.only('I4', fn);
      helper('F1');`;
    expect(titlesOfSpec(source)).toEqual([
      'F45: the simulator › prices 26 000 €',
      "F45: the simulator › with … › a 'quoted' case in two parts",
      'I4',
    ]);
  });

  it('takes each row of a table as a test of its own', () => {
    const source = `
      describe.each([['embedded', 1]])('%s bus', () => {
        it.each([['F83: resale', '10000', 1340], ['services', '10000', 2310]])('%s of %s', () => {});
        it.each(rows)('F84 %s', () => {});
        it.each\`a | b
        \${1} | \${2}\`('F85', () => {});
      });`;
    expect(titlesOfSpec(source)).toEqual([
      'embedded bus › F83: resale of 10000',
      'embedded bus › services of 10000',
      'embedded bus › F84 %s',
      'embedded bus › F85',
    ]);
  });

  it('does not count what does not run or is known to fail', () => {
    const source =
      "it.skip('F1', f); it.todo('F2'); xit('F3', f); describe.skip('F4', () => it('F5', f)); it.failing('F6', f); xdescribe('F7', () => it('F8', f));";
    expect(titlesOfSpec(source)).toEqual([]);
  });

  it('counts what runs where its tool is there, and not what never does', () => {
    const source =
      "(hasPython ? it : it.skip)('I2 beside Python', f); (hasXsd ? it : it.skip).each([['R10 a file']])('%s', f); (a ? it.skip : it)('F1', f);";
    expect(titlesOfSpec(source)).toEqual(['I2 beside Python', 'R10 a file']);
  });

  it('reads the names of Python tests and the titles of cases', () => {
    expect(
      titlesOfPython('class A:\n    def test_I4_any_order(self):\n        """R5 as well."""\n    def helper_F1(self):\n        pass\n'),
    ).toEqual(['I4 any order: R5 as well.']);
    expect(titlesOfCases('- title: F77 commerçant\n  situation: { income: F1 }\n- name: F79\n')).toEqual(['F77 commerçant', 'F79']);
  });

  it('puts tests beside their numbers, and tells numbers that are on no page', () => {
    const rows = [
      { number: 'F1', text: 'one' },
      { number: 'I1', text: 'two' },
    ];
    expect(proofs(rows, [['a.spec.ts', ['F1: yes', 'F200: typo']]])).toEqual({
      rows: [
        { number: 'F1', text: 'one', proven: true, tests: [{ file: 'a.spec.ts', title: 'F1: yes' }] },
        { number: 'I1', text: 'two', proven: false, tests: [] },
      ],
      unknown: [{ number: 'F200', file: 'a.spec.ts', title: 'F200: typo' }],
    });
  });
});

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** The rows of a page that name a test: what is proven, the file, the words with which the title begins. */
const namedTests = (page: string): [string, string, string][] =>
  [...read(page).matchAll(/^\| ([^|`]+?) *\| `([^`]+)` *\| (.*?) *\|/gm)].map(([, row = '', file = '', title = '']) => [row, file, title]);

/** The last part of each title of a file, which is read once. */
function titlesOf(file: string): readonly string[] {
  const titles =
    titlesRead.get(file) ??
    (file.endsWith('.py') ? titlesOfPython : titlesOfSpec)(read(file)).map((full) => full.split(' › ').at(-1) ?? '');
  titlesRead.set(file, titles);
  return titles;
}
const titlesRead = new Map<string, readonly string[]>();

describe.each(['docs/features-over-http.md', 'docs/border.md', 'docs/money.md'])('%s', (page) => {
  it.each(namedTests(page))('%s names a test that is there: %s, %s', (_, file, title) => {
    expect(titlesOf(file).filter((full) => full.startsWith(title))).not.toEqual([]);
  });
});

describe('the pages that name a test for each row', () => {
  it('have all thirty-nine features of affiliation, incomes and calls', () => {
    const walked = 'F5–F9 F11–F15 F61 F63 F102 F18–F22 F54 F69–F72 F82 F85 F23–F25 F29 F33 F55 F73–F79 F83 F84 F105';
    const found = new Set(namedTests('docs/features-over-http.md').flatMap(([row]) => numbersIn(row)));
    expect(numbersIn(walked).filter((number) => !found.has(number))).toEqual([]);
  });

  it('have every part of what is asked of the border', () => {
    expect(read('docs/border.md').match(/^## .*$/gm)).toHaveLength(9);
    expect(namedTests('docs/border.md').length).toBeGreaterThan(100);
  });

  it('have every section of the rules about money, and every kind of bad input of it', () => {
    const rows = namedTests('docs/money.md').map(([row]) => row);
    const clauses = ['3.4', '3.5', '3.6', '3.7', '4.1', '4.2', '4.3', '4.4', '5.1', '5.2', 'N4', 'reversal', 'webhook', 'other currency'];
    expect(clauses.filter((clause) => !rows.some((row) => row.startsWith(clause)))).toEqual([]);
  });
});

describe('the failures that happened', () => {
  const rows = [...read('docs/failures.md').matchAll(/^\| (S\d+) .*\| (.*?) *\|$/gm)].map(
    ([, number = '', cell = '']): [string, string[]] => [number, [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)],
  );

  it('are twenty-one', () => {
    expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 21 }, (_, rank) => `S${String(rank + 1)}`));
  });

  it.each(rows)('%s is in a title of each test beside it', (number, files) => {
    const bears = (file: string): boolean => titlesOfSpec(read(file)).some((title) => new RegExp(`\\b${number}\\b`).test(title));
    expect(files.filter((file) => !bears(file))).toEqual([]);
    expect(files).not.toEqual([]);
  });
});
