#!/usr/bin/env node
/**
 * `npm run manifests`: renders each overlay with `kubectl kustomize` (no cluster is asked) into rendered/, so that what would be applied can be
 * read, reviewed and checked where there is no kubectl. The digest on top is that of the sources; a spec holds it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:yaml|env)$/.test(file) && !file.startsWith('rendered') && !file.startsWith('examples'))
  .sort();
const hash = createHash('sha256');
for (const file of sources) hash.update(`${file}\n${readFileSync(join(here, file), 'utf8')}`);
const digest = hash.digest('hex');

mkdirSync(join(here, 'rendered'), { recursive: true });
for (const overlay of readdirSync(join(here, 'overlays'))) {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(here, 'overlays', overlay)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`kubectl kustomize refused ${overlay}: ${stderr}`);
  writeFileSync(
    join(here, 'rendered', `${overlay}.yaml`),
    `# Made by \`npm run manifests\` from overlays/${overlay}: do not edit.\n# sources: ${digest}\n${stdout}`,
  );
}
