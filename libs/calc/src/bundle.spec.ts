import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { lawSince, sourceSince } from '../shake.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The bundler is a development dependency with a binary for each platform: where it is missing, this spec leaves itself out, aloud. */
const esbuild = await import('esbuild').catch(() => null);
if (!esbuild) console.warn('esbuild is not installed: what the law weighs in a browser was not checked.');
const itWithBundler = esbuild ? it : it.skip;

const whole = "export * from './index.js'";

async function bundled(contents: string, plugins: Plugin[] = []): Promise<Uint8Array> {
  const { outputFiles } = await esbuild!.build({
    stdin: { contents, resolveDir: here, loader: 'ts' },
    alias: { '@isu/values': join(here, '../../values/src/index.ts') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    plugins,
  });
  return outputFiles[0]!.contents;
}

const gzipped = async (contents: string, plugins: Plugin[] = []) => gzipSync(await bundled(contents, plugins), { level: 9 }).length;

describe('the law in the browser', () => {
  itWithBundler('the whole library, values included, is under 60 kB gzipped, and asks for nothing of Node', async () => {
    expect(await gzipped(whole)).toBeLessThan(60_000);
  });

  itWithBundler('who only counts late surcharges does not carry the contributions: under a third of the whole', async () => {
    expect(await gzipped("export { lateSurcharges } from './index.js'")).toBeLessThan((await gzipped(whole)) / 3);
  });

  itWithBundler('a page that prices 2026 leaves the law of before behind: lighter, the same 12 420, and 2016 refused', async () => {
    const page = await bundled(whole, [lawSince(2026)]);
    const law = (await import(`data:text/javascript;base64,${Buffer.from(page).toString('base64')}`)) as typeof import('./index.js');
    const total = (json: object) => law.price(law.readSituation({ status: 'commercant', stage: 'definitive', ...json })).total.toString();

    expect(await gzipped(whole, [lawSince(2026)])).toBeLessThan((await gzipped(whole)) - 1_500);
    expect(total({ year: 2026, grossIncome: '40000' })).toBe('12420');
    expect(() => total({ year: 2016, income: '26000' })).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });
});

describe('the law of the last years, cut from its sources', () => {
  const source = `const rate = dated('x', 'x', [
  { from: '2012-01-01', value: 1, source: S },
  { from: '2016-01-01', value: 2, source: S },
  { from: '2023-01-01', value: 3, source: S },
]);`;

  it.each([
    ['2026 reads back to 2022: what holds from 2016 on stays', 2026, ['2016-01-01', '2023-01-01']],
    ['2027 reads back to 2023', 2027, ['2023-01-01']],
    ['2016 reads all', 2016, ['2012-01-01', '2016-01-01', '2023-01-01']],
  ])('%s', (_, year, days) => expect(sourceSince(year, source).match(/\d{4}-\d\d-\d\d/g)).toEqual(days));
});
