#!/usr/bin/env node
/**
 * `npm run rehearse [-- collection …]`: what the Dockerfile does, without Docker. Each service is laid out in a clean folder, its production
 * dependencies are installed from the trimmed lock file, and it is started as production with nothing told: it must load every module it
 * needs and then refuse, naming each secret that is missing. ISU_REHEARSAL_NODE runs it on another Node (the image's).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const services = process.argv.slice(2);
const node = process.env.ISU_REHEARSAL_NODE ?? process.execPath;
const { PATH, HOME } = process.env;

/** Some refuse in the words of settings, the issuer in its own. */
const refusals = { issuer: /ne démarre qu’en développement/ };
const secretsMissing = /ISU_DATABASE_URL[\s\S]*ISU_DATABASE_SECRET/;

function rehearse(service) {
  const target = mkdtempSync(join(tmpdir(), `isu-image-${service}-`));
  try {
    const [contents] = run(join(here, 'lay-out.sh'), [service, target], here).stdout.split('\n');
    const megabytes = Math.round(Number(run('du', ['-sk', target], target).stdout.split('\t')[0]) / 1024);
    const started = spawnSync(node, ['--enable-source-maps', 'main.js'], {
      cwd: target,
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH, ISU_ENV: 'production', ISU_PORT: '0' },
    });
    const said = `${started.stdout}${started.stderr}`;
    const refused = started.status === 1 && (refusals[service] ?? secretsMissing).test(said);
    return { refused, said, megabytes, contents };
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { PATH, HOME } });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`);
  return done;
}

let failed = 0;
for (const service of services.length > 0 ? services : ['affiliation', 'collection', 'benefits', 'urssaf-sync', 'portal', 'issuer']) {
  const { refused, said, megabytes, contents } = rehearse(service);
  process.stdout.write(`${refused ? '✓' : '✗'} ${contents}, ${megabytes} MB\n`);
  if (!refused) process.stdout.write(`${said}\n`);
  failed += refused ? 0 : 1;
}
process.exit(failed === 0 ? 0 : 1);
