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

/** Where the program of a service starts; the development issuer is a tool, and never part of production. */
export const startFileOf = (root, service) =>
  [`services/${service}/dist/main.js`, `tools/${service}/dist/main.js`].find((file) => existsSync(join(root, file)));

export function assemble(root, service, target) {
  const startFile = startFileOf(root, service);
  if (startFile === undefined) throw new Error(`No built service is named ${service}.`);
  const { ours, npm } = importsOf(root, startFile);
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
