import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built program, as `npm run isu` starts it. */
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

async function isu(args: readonly string[], input = ''): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stdin.on('error', () => undefined).end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

const situation = (income: number): string =>
  JSON.stringify({ year: 2016, status: 'commercant', stage: 'definitive', income: String(income) });

describe('the isu program', () => {
  beforeAll(() => expect(existsSync(program)).toBe(true));

  it('F77 prices one situation given as JSON: 12 087 €', async () => {
    const { code, out } = await isu(['price', '--json', situation(26_000)]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ total: '12087', rules: '2016.1' });
  });

  it('answers 50 000 lines in their order', async () => {
    const incomes = Array.from({ length: 50_000 }, (_, i) => i);
    const { out } = await isu(['price', '--batch', '--no-derivation'], `${incomes.map(situation).join('\n')}\n`);
    const results = out.split('\n').slice(0, -1);
    expect(results).toHaveLength(50_000);

    const bases = results.map((line) => (JSON.parse(line) as { lines: { base: string }[] }).lines[0]?.base);
    expect(bases).toEqual(incomes.map(String));
  });

  it('answers while its input stays open, so that another program can talk with it', async () => {
    const child = spawn(process.execPath, [program, 'price', '--batch', '--no-derivation'], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${situation(26_000)}\n`);
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(first.toString())).toMatchObject({ total: '12087' });
    child.stdin.end();
    await once(child, 'close');
  });

  it('ends in silence when its reader has gone', async () => {
    const child = spawn(process.execPath, [program, 'price', '--batch'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    child.stdin.on('error', () => undefined).end(`${situation(26_000)}\n`.repeat(5_000));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, err]).toEqual([0, '']);
  });
});
