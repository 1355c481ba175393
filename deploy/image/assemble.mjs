#!/usr/bin/env node
/**
 * `node deploy/image/assemble.mjs collection /app`: lays out what the image of a service holds, but for what npm installs. The Dockerfile
 * and the rehearsal (deploy/image/rehearse.mjs) both call it, so that what is rehearsed is what is shipped.
 */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, trimmedLock } from './what-it-needs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const isOfTheBuild = (file) => !/\.(d\.m?ts|spec(-kit)?\.js|suite\.js)(\.map)?$/.test(file);

/** Of our tools only the development issuer has an image, never part of production; the simulated Urssaf has none at all. */
const toolsWithAnImage = ['issuer'];

/** Where the program of a service starts. */
export const startFileOf = (root, service) =>
  [
    `services/${service}/dist/main.js`,
    ...toolsWithAnImage.filter((tool) => tool === service).map((tool) => `tools/${tool}/dist/main.js`),
  ].find((file) => existsSync(join(root, file)));

/** What no image of this service may hold. */
export const toolsAmong = (folders, service) => folders.filter((folder) => folder.startsWith('tools/') && folder !== `tools/${service}`);

export function assemble(root, service, target) {
  const startFile = startFileOf(root, service);
  if (startFile === undefined) throw new Error(`No built service is named ${service}.`);
  const { ours, npm } = importsOf(root, startFile);
  const strays = toolsAmong(ours, service);
  if (strays.length > 0) throw new Error(`${service} would ship what is for development: ${strays.join(', ')}`);
  const { manifest, lock } = trimmedLock(root, { name: `isu-${service}`, ours, npm });

  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(target, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
  writeFileSync(join(target, 'main.js'), `import './${startFile}';\n`);
  cpSync(join(here, 'healthcheck.mjs'), join(target, 'healthcheck.mjs'));
  for (const folder of ours) {
    cpSync(join(root, folder, 'package.json'), join(target, folder, 'package.json'));
    cpSync(join(root, folder, 'dist'), join(target, folder, 'dist'), { recursive: true, filter: isOfTheBuild });
  }
  return { startFile, ours, npm, locked: Object.keys(lock.packages).filter((at) => at.startsWith('node_modules/')).length };
}

const [, script, service, target] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (!service || !target) {
    process.stderr.write('usage: assemble.mjs SERVICE FOLDER\n');
    process.exit(2);
  }
  const { ours, npm, locked } = assemble(join(here, '..', '..'), service, target);
  process.stdout.write(`${service}: ${ours.length} packages of ours, ${npm.length} of npm's (${locked} with theirs)\n`);
}
