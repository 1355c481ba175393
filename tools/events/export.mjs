#!/usr/bin/env node
/**
 * Writes docs/events from the built contracts: a JSON Schema per event and for the envelope, and the AsyncAPI document.
 *
 *     node tools/events/export.mjs                     writes; refuses a change that needs a .v2
 *     node tools/events/export.mjs --check             writes nothing; fails if docs/events is not what the contracts say, or if an
 *                                                      event changed against the committed one by more than an optional field
 *     … --against REF                                  compares with another commit than HEAD (CI: the branch it will join)
 *     … --unpublished                                  writes a change that needs a .v2 all the same: only before the first release
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { catalogue } from '../../libs/contracts/dist/catalogue.js';
import { authors, topicOf } from '../../libs/contracts/dist/envelope.js';
import * as fields from '../../libs/contracts/dist/fields.js';
import { schemaChanges } from '../../libs/contracts/dist/schema-changes.js';
import { asyncApiDocument } from './asyncapi.mjs';
import { envelopeSchema, payloadSchemas } from './schemas.mjs';
import { wordingsOf } from './wordings.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = 'docs/events';
const sources = join(root, 'libs', 'contracts', 'src');
const option = (name) => process.argv.indexOf(name);
const check = option('--check') > 0;
const reference = option('--against') > 0 ? process.argv[option('--against') + 1] : 'HEAD';

const generated = generate();
const illegal = illegalChanges(generated);
const stale = check ? staleFiles(generated) : [];
if (!check && (illegal.length === 0 || option('--unpublished') > 0)) write(generated);

for (const change of illegal) console.error(`✗ ${change}`);
for (const file of stale) console.error(`✗ ${folder}/${file} is not what the contracts say: node tools/events/export.mjs`);
if (illegal.length > 0) console.error('A published event only ever gains an optional field: add a .v2 beside the .v1.');
const failed = stale.length > 0 || (illegal.length > 0 && option('--unpublished') < 0);
if (!failed)
  console.log(`${Object.keys(catalogue).length} events, ${generated.size} files ${check ? 'as published' : `written to ${folder}`}`);
process.exit(failed ? 1 : 0);

function generate() {
  const texts = readdirSync(sources).filter((name) => name.endsWith('.events.ts'));
  const wordings = Object.assign({}, ...texts.map((name) => wordingsOf(readFileSync(join(sources, name), 'utf8'))));
  const schemas = payloadSchemas({ catalogue, dayPattern: fields.dayPattern }, wordings);
  const all = { envelope: envelopeSchema({ authors, fields }), ...schemas };
  const files = Object.entries(all).map(([name, schema]) => [`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]);
  return new Map([...files, ['asyncapi.yaml', stringify(asyncApiDocument({ authors, topicOf }, schemas), { lineWidth: 130 })]]);
}

function staleFiles(files) {
  const present = readdirSync(join(root, folder)).filter((name) => name !== 'README.md');
  const differs = (name) => !present.includes(name) || readFileSync(join(root, folder, name), 'utf8') !== files.get(name);
  return [...[...files.keys()].filter(differs), ...present.filter((name) => !files.has(name))];
}

/** Against the committed schemas, not those on disk: a file that was rewritten by hand must not hide a change. */
function illegalChanges(files) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const committed = git('ls-tree', '--name-only', reference, `${folder}/`)
    .split('\n')
    .filter((path) => path.endsWith('.schema.json'));
  return committed.flatMap((path) => {
    const name = path.slice(folder.length + 1);
    const next = files.get(name);
    if (next === undefined) return [`${name}: the event is no longer in the catalogue`];
    return schemaChanges(JSON.parse(git('show', `${reference}:${path}`)), JSON.parse(next)).map((change) => `${name}: ${change}`);
  });
}

function write(files) {
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder))) if (name !== 'README.md' && !files.has(name)) rmSync(join(root, folder, name));
  for (const [name, text] of files) writeFileSync(join(root, folder, name), text);
}
