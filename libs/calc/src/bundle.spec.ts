import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));

/** The bundler is a development dependency with a binary for each platform: where it is missing, this spec leaves itself out, aloud. */
const esbuild = await import('esbuild').catch(() => null);
if (!esbuild) console.warn('esbuild is not installed: what the law weighs in a browser was not checked.');
const itWithBundler = esbuild ? it : it.skip;

async function gzipped(contents: string): Promise<number> {
  const { outputFiles } = await esbuild!.build({
    stdin: { contents, resolveDir: here, loader: 'ts' },
    alias: { '@isu/values': join(here, '../../values/src/index.ts') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

describe('the law in the browser', () => {
  itWithBundler('the whole library, values included, is under 60 kB gzipped, and asks for nothing of Node', async () => {
    expect(await gzipped("export * from './index.js'")).toBeLessThan(60_000);
  });

  itWithBundler('who only counts late surcharges does not carry the contributions: under a third of the whole', async () => {
    const whole = await gzipped("export * from './index.js'");
    expect(await gzipped("export { lateSurcharges } from './index.js'")).toBeLessThan(whole / 3);
  });
});
