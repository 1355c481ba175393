/**
 * The large packages, each as one file, for specs. Every spec file of Jest reads its modules anew, and Nest, TypeORM and Express are two thousand
 * files: to find, read and compile them took most specs more time than what they prove. Production runs on the packages as they are.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** In one bundle, so that what they share (Nest’s own classes, the metadata of decorators) is there once. */
const bundled = [
  ...[
    '@nestjs/common',
    '@nestjs/common/constants.js',
    '@nestjs/core',
    '@nestjs/microservices',
    '@nestjs/platform-express',
    '@nestjs/swagger',
  ],
  ...['class-transformer', 'class-transformer/cjs/storage.js', 'class-validator', 'class-validator-jsonschema'],
  ...['@opentelemetry/api', '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources', '@opentelemetry/sdk-trace-node'],
  ...['express', 'pino', 'prom-client', 'rxjs', 'typeorm'],
];
/** Specs reach into these, or they reach for a file beside them. */
const asTheyAre = ['kafkajs', 'pg', 'reflect-metadata', '*.node'];

const fileOf = (name) => `${name.replace(/[^a-z0-9-]/g, '_')}.mjs`;

/** What Jest's `moduleNameMapper` wants; the bundle is made anew when a package or this file changes. */
export async function bundledPackages() {
  const key = createHash('sha256');
  for (const file of ['package-lock.json', 'tools/checks/src/bundled-packages.mjs']) key.update(readFileSync(join(root, file)));
  const folder = join(root, 'node_modules', '.cache', 'isu-packages', key.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await bundleInto(folder);
  return Object.fromEntries(bundled.map((name) => [`^${name.replaceAll('.', '\\.')}$`, join(folder, fileOf(name))]));
}

/** It gets its name when it is whole: another run may be making the same. */
async function bundleInto(folder) {
  const draft = join(dirname(folder), `draft-${randomUUID()}`);
  mkdirSync(draft, { recursive: true });
  try {
    await bundle(draft);
    renameSync(draft, folder);
  } catch (fault) {
    if (!existsSync(folder)) throw fault;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function bundle(folder) {
  const { build } = await import('esbuild');
  const entryPoints = {};
  for (const name of bundled) {
    const entry = join(folder, `entry-${fileOf(name)}`);
    writeFileSync(entry, reExport(name, await import(name)));
    entryPoints[fileOf(name).replace(/\.mjs$/, '')] = entry;
  }
  await build({
    ...{ entryPoints, outdir: folder, outExtension: { '.js': '.mjs' }, absWorkingDir: root, logLevel: 'error', legalComments: 'none' },
    ...{
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: asTheyAre,
      plugins: [absentOnesLeftOut],
    },
    banner: { js: `import { createRequire as isuRequire } from 'node:module'; const require = isuRequire(import.meta.url);` },
  });
}

/** A package of the old kind exports one object; its names are those that Node finds in it. */
function reExport(name, found) {
  const names = Object.keys(found).filter((each) => /^[A-Za-z_$][\w$]*$/.test(each) && !['default', '__esModule'].includes(each));
  const byDefault = 'default' in found ? `export { default } from '${name}';\n` : '';
  return `export { ${names.join(', ')} } from '${name}';\n${byDefault}`;
}

/** Drivers and transports that may be there and are not: asked for at run time, and missed there as ever. */
const absentOnesLeftOut = {
  name: 'absent-ones-left-out',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === 'asked') return undefined;
      const found = await resolve(path, { kind: where.kind, importer: where.importer, resolveDir: where.resolveDir, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};
