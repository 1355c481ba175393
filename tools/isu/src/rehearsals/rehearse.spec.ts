import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSituation } from '@isu/calc';
import { isu } from '../terminal/terminal.spec-kit.js';
import { generatedPopulation } from './generated-population.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'isu-rehearse-'))));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const sickness = `title: Maladie à 6,70 %
parameters:
  maladie.taux:
    - { from: 2016-01-01, value: 0.067 }
`;
const trader = (income: string, more: object = {}): string =>
  JSON.stringify({ year: 2016, status: 'commercant', stage: 'definitive', income, ...more });

describe('isu rehearse', () => {
  it('N11 says who would owe more, by profile: 26 000 owes 52 more of sickness, and 4 of CSG-CRDS on them', async () => {
    const people = [trader('26000', { profile: 'le commerçant de l’article' }), trader('60000'), '{"year":2016}', 'x'].join('\n');
    const { code, out } = await isu(['rehearse', await file('r.yaml', sickness), '--population', await file('p.ndjson', people), '--json']);
    expect(code).toBe(0);
    // 60 000: 4 020 instead of 3 900, and 9 more of CSG-CRDS.
    expect(JSON.parse(out)).toMatchObject({
      title: 'Maladie à 6,70 %',
      changes: [{ parameter: 'maladie.taux', from: '2016-01-01', value: '0.067' }],
      profiles: [
        { profile: 'commerçant, 40 000 à 80 000 €', persons: 1, before: '25761', after: '25890' },
        { profile: 'le commerçant de l’article', owingMore: 1, before: '12087', after: '12143' },
      ],
      whole: { persons: 2, owingMore: 2, owingLess: 0, byLine: { maladie: '172', 'csg-crds': '13' } },
      refused: 2,
      firstRefusals: [
        { line: 3, code: 'missing-field', field: 'status' },
        { line: 4, code: 'not-a-situation' },
      ],
    });
  });

  it('N11 shows people a table, and reads a population on the standard input', async () => {
    const { out } = await isu(['rehearse', await file('r.yaml', sickness), '--population', '-'], `${trader('26000')}\n`);
    const text = out.replace(/\s+/gu, ' ');
    expect(text).toContain('Maladie à 6,70 %');
    expect(text).toContain('commerçant, 20 000 à 40 000 € 1 1 0 12 087 € 12 143 € +56 € 56 € 0 €');
    expect(text).toContain('maladie +52 €');
  });

  it('N11 invents a population, the same for the same seed, and prices all of it', async () => {
    const reform = await file('r.yaml', sickness);
    const run = (seed: string) => isu(['rehearse', reform, '--generate', '500', '--year', '2016', '--seed', seed, '--json']);
    const [first, again, other] = await Promise.all([run('1'), run('1'), run('2')]);
    expect(first.out).toBe(again.out);
    expect(first.out).not.toBe(other.out);
    expect(JSON.parse(first.out)).toMatchObject({ refused: 0, whole: { persons: 500, owingLess: 0 } });
  });

  it.each([2012, 2017, 2022, 2026])('N11 invents persons that the law of %i prices', (year) => {
    for (const json of generatedPopulation(300, { year, seed: 7 })) expect(() => readSituation(json)).not.toThrow();
  });

  it('N11 takes a JSON overlay, a scale, and an end', async () => {
    const reform = await file(
      'r.json',
      JSON.stringify({
        parameters: {
          'maladie.bareme': [{ from: '2017-01-01', value: '0:0.065 0.7:0.065' }],
          'retraite-base.assiette-minimale': [{ from: '2017-01-01', value: '0' }],
          'rci.assiette-minimale': [{ from: '2017-01-01', value: null }],
        },
      }),
    );
    const people = await file('p.ndjson', trader('20000').replace('2016', '2017'));
    const { out } = await isu(['rehearse', reform, '--population', people, '--json']);
    // 2017: 6.5 % of 20 000 instead of 5.55 %.
    expect(JSON.parse(out)).toMatchObject({ whole: { byLine: { maladie: '190' } } });
  });

  it('lists what can be tried', async () => {
    const { out } = await isu(['rehearse', '--parameters']);
    expect(out).toMatch(/maladie\.taux +2013-01-01 +0\.065 +taux de la cotisation maladie-maternité/);
  });

  it.each([
    ['an unknown parameter', 'parameters: { maladie.tau: [ { from: 2016-01-01, value: 0.067 } ] }', 'bad-value'],
    ['a value of another kind', 'parameters: { maladie.taux: [ { from: 2016-01-01, value: six } ] }', 'bad-value'],
    ['a day that does not exist', 'parameters: { maladie.taux: [ { from: 2016-02-30, value: 0.067 } ] }', 'bad-value'],
    ['no parameters', 'title: rien', 'bad-value'],
    ['a list', '- 1', 'bad-value'],
    ['a foreign field', 'parameters: { maladie.taux: [ { from: 2016-01-01, valeur: 0.067 } ] }', 'bad-value'],
    ['what is not YAML', 'parameters: {', 'bad-value'],
  ])('refuses %s, and says what would be accepted', async (_, text, problem) => {
    const { code, out } = await isu(['rehearse', await file('bad.yaml', text), '--generate', '1', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ problem: { code: problem } });
  });

  it.each([
    ['no overlay', ['--generate', '1']],
    ['no population', ['FILE']],
    ['two populations', ['FILE', '--generate', '1', '--population', '-']],
    ['a file that is not there', ['/nowhere.yaml', '--generate', '1']],
    ['a population that is not there', ['FILE', '--population', '/nowhere.ndjson']],
    ['a number in words', ['FILE', '--generate', 'cent']],
  ])('tells the command line is wrong: %s', async (_, args) => {
    const reform = await file('r.yaml', sickness);
    expect((await isu(['rehearse', ...args.map((arg) => (arg === 'FILE' ? reform : arg))])).code).toBe(2);
  });
});
