/**
 * Writes the law and its specs as one program, so that a mutant costs one start of Node: `node tools/mutation/bundle.mjs`, from the folder
 * whose sources are to be judged (Stryker's sandbox, or the workspace).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = process.cwd();
const source = resolve(root, 'libs/calc/src');
const readOnce = resolve(root, 'tools/mutation/yaml.mjs');
export const program = resolve(root, 'tools/mutation/dist', process.env.LAW_PROGRAM ?? 'law.cjs');

/**
 * Left out: the fingerprint of the answers, which any change turns red without saying why; the peer and the bundler, which are slow and not
 * about the rules; what searches or replays with the whole library, slow too.
 */
const leftOut = new Set(['revisions', 'independent-oracle', 'bundle', 'rehearsal', 'simulator'].map((name) => `${name}.spec.ts`));

/** The specs of the rules first, then the worked cases: most mutants die of one of them. What draws or searches comes last. */
const order = [/^rules\//, /^cases\//, /^(?!calculate|derivation)/, /^/];
const rank = (path) => order.findIndex((kind) => kind.test(path));

const specs = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.spec.ts') && !leftOut.has(path))
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

/** One bundle stands for many files, and some draws for the many of a whole run. */
function prepared(path, text) {
  const says = path.endsWith('.spec.ts') ? `nowIn(${JSON.stringify(basename(path, '.spec.ts'))});` : '';
  const here = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
  return says + here.replace(/numRuns: [\d_]+/g, (draws) => (draws.includes('10_000') ? 'numRuns: 100' : 'numRuns: 30'));
}

/** `change` rewrites the sources of the law on their way in. */
export async function bundle(change = (_path, text) => text) {
  const sources = {
    name: 'sources-of-the-law',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^yaml$/ }, ({ importer }) => (importer === readOnce ? { path: 'yaml', external: true } : { path: readOnce }));
      onLoad({ filter: /libs\/(calc|values)\/src\/.*\.ts$/ }, ({ path }) => ({
        loader: 'ts',
        contents: prepared(path, change(path, readFileSync(path, 'utf8'))),
      }));
    },
  };
  await build({
    stdin: {
      contents: [
        `import ${JSON.stringify(resolve(root, 'tools/mutation/face.mjs'))};`,
        ...specs.map((path) => `import ${JSON.stringify(resolve(source, path))};`),
      ].join('\n'),
      resolveDir: root,
    },
    alias: { '@isu/values': resolve(root, 'libs/values/src/index.ts') },
    // Loaded once by Node; the law and its specs alone are evaluated anew.
    external: ['expect', 'fast-check'],
    plugins: [sources],
    outfile: program,
    bundle: true,
    // A spec is imported for its effect, whatever the package says of its files.
    ignoreAnnotations: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
