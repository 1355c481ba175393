/**
 * What one service needs to run, found by reading what it imports: which packages of ours, which of npm's. Dependencies stand in the root
 * package.json alone, so an image that installed all of them would carry an issuer, a PostgreSQL and a test harness.
 */
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

const imported =
  /(?:^|[\s;}])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"'\n]+)["']|\b(?:import|require\.resolve)\(\s*["']([^"'\n]+)["']\s*\)/gm;
const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name);
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The folders of our packages, by name. */
export function workspacesOf(root) {
  const { packages } = readJson(join(root, 'package-lock.json'));
  return new Map(
    Object.entries(packages)
      .filter(([at, { link }]) => at.startsWith('node_modules/@isu/') && link)
      .map(([at, { resolved }]) => [at.slice('node_modules/'.length), resolved]),
  );
}

/** Follows every import from the start file on. A file that is missing is a build that was forgotten. */
export function importsOf(root, startFile) {
  const workspaces = workspacesOf(root);
  const files = new Set();
  const ours = new Set([folderOf(workspaces, relative(root, resolve(root, startFile)))]);
  const npm = new Set();
  const visit = (file) => {
    if (files.has(file)) return;
    if (!existsSync(file)) throw new Error(`${relative(root, file)} is imported and not there: build it first.`);
    files.add(file);
    if (!file.endsWith('.js') && !file.endsWith('.mjs')) return;
    for (const [, fixed, awaited] of readFileSync(file, 'utf8').matchAll(imported)) {
      const specifier = fixed ?? awaited;
      if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
      else if (workspaces.has(packageOf(specifier))) {
        const folder = workspaces.get(packageOf(specifier));
        ours.add(folder);
        visit(join(root, folder, readJson(join(root, folder, 'package.json')).exports['.'].default));
      } else if (!isBuiltin(specifier)) npm.add(packageOf(specifier));
    }
  };
  visit(resolve(root, startFile));
  return { files: [...files].sort(), ours: [...ours].sort(), npm: [...npm].sort() };
}

const folderOf = (workspaces, file) => {
  const folder = [...workspaces.values()].find((candidate) => file.startsWith(`${candidate}/`));
  if (folder === undefined) throw new Error(`${file} is in none of our packages.`);
  return folder;
};

/**
 * The part of the lock file that these packages need: the same versions and digests, nothing else. A peer that is optional comes along
 * when our own package.json names it: frameworks load such peers by name, where no import can be read.
 */
export function trimmedLock(root, { name, ours, npm }) {
  const manifest = readJson(join(root, 'package.json'));
  const lock = readJson(join(root, 'package-lock.json'));
  const unknown = npm.filter((dependency) => !(dependency in manifest.dependencies));
  if (unknown.length > 0) throw new Error(`${name} imports what is not a production dependency: ${unknown.join(', ')}`);

  const wanted = new Set();
  const want = (dependency, from, isNeeded) => {
    const at = placeOf(lock.packages, dependency, from);
    if (at === undefined) {
      if (isNeeded) throw new Error(`${dependency}, needed by ${from || name}, is not in the lock file.`);
      return;
    }
    if (wanted.has(at)) return;
    wanted.add(at);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = lock.packages[at];
    for (const next of Object.keys(dependencies)) want(next, at, true);
    for (const next of Object.keys(optionalDependencies)) want(next, at, false);
    for (const next of Object.keys(peerDependencies)) {
      const isOptional = peerDependenciesMeta[next]?.optional === true;
      if (!isOptional || next in manifest.dependencies) want(next, at, !isOptional);
    }
  };
  for (const dependency of npm) want(dependency, '', true);

  const trimmed = {
    name,
    version: manifest.version,
    private: true,
    type: 'module',
    workspaces: ours,
    dependencies: Object.fromEntries(npm.map((dependency) => [dependency, manifest.dependencies[dependency]])),
    overrides: manifest.overrides,
  };
  const links = Object.entries(lock.packages).filter(([at, { link, resolved }]) => link && ours.includes(resolved) && at.includes('@isu/'));
  const packages = {
    '': trimmed,
    ...Object.fromEntries(ours.map((folder) => [folder, lock.packages[folder]])),
    ...Object.fromEntries(links),
    ...Object.fromEntries([...wanted].sort().map((at) => [at, lock.packages[at]])),
  };
  return { manifest: trimmed, lock: { name, version: manifest.version, lockfileVersion: lock.lockfileVersion, requires: true, packages } };
}

/** Node's own search: beside the package that asks, then further and further up. */
function placeOf(packages, dependency, from) {
  for (let folder = from; ; folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : '') {
    const at = folder === '' ? `node_modules/${dependency}` : `${folder}/node_modules/${dependency}`;
    if (packages[at] !== undefined) return at;
    if (folder === '') return undefined;
  }
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
