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
