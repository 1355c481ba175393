#!/usr/bin/env node
/**
 * `npm test`: every check of the project, each with its time, and a closing line that counts them. What mostly waits (a broker that
 * elects a leader, a page that is looked at) runs beside what mostly computes.
 * A test that needs something this machine lacks (Python, `../shared`, Chromium, Kafka) is left out aloud, never in silence;
 * with CI=true nothing may be left out. `npm test -- --quick` runs format, lint, types and unit tests only.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoChromium } from '../../e2e/browser/jest/chromium.mjs';
import { whyNoBroker } from '../kafka/src/reach-broker.mjs';
import { scratchFolder } from './src/scratch.mjs';
import { sideBySide } from './src/side-by-side.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const quick = process.argv.includes('--quick');
const inCi = process.env.CI === 'true';
const scratch = scratchFolder();
// What Jest has read and translated serves the next run too.
const jestCache = join(tmpdir(), 'isu-jest');
const tally = { passed: 0, failed: 0, leftOut: [] };

function run(command, args, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0', TMPDIR: scratch },
    });
    let output = '';
    const take = (chunk) => {
      output += chunk;
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', () => resolve({ code: 127, output }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A check that is one yes or no. */
async function check(title, command, args) {
  const started = performance.now();
  const { code, output } = await run(command, args, { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) tally.passed += 1;
  else tally.failed += 1;
  console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (code !== 0) console.log(output.split('\n').slice(-60).join('\n'));
  return code === 0;
}

/**
 * Jest and its workers sweep young objects less often, in 64 MiB where Node has 16: a seventh of what integration specs cost. The systems
 * that they start, and ESLint (which gains nothing), keep what Node gives them.
 */
const roomForTheYoung = '--max-semi-space-size=64';

/** Jest over some projects; its own counts join the tally. */
async function jest(title, projects, options = []) {
  const started = performance.now();
  const file = join(scratch, `${randomUUID()}.json`);
  const jestBin = join('node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    roomForTheYoung,
    '--experimental-vm-modules',
    '--no-warnings=ExperimentalWarning',
    jestBin,
    '--selectProjects',
    ...projects,
    '--json',
    `--outputFile=${file}`,
    `--cacheDirectory=${jestCache}`,
    ...options,
  ];
  const { code, output } = await run('node', [...args, '--passWithNoTests'], { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    tally.failed += 1;
    console.log(`✗ ${title}: no result\n${output.slice(-4000)}`);
    return;
  }
  const brokenSuites = result.numRuntimeErrorTestSuites;
  tally.passed += result.numPassedTests;
  tally.failed += result.numFailedTests + brokenSuites + (code !== 0 && result.numFailedTests + brokenSuites === 0 ? 1 : 0);
  for (const suite of result.testResults) {
    for (const test of suite.assertionResults) if (test.status === 'pending') tally.leftOut.push(test.fullName);
    if (suite.status === 'failed') console.log(suite.message);
  }
  console.log(`${code === 0 ? '✓' : '✗'} ${title}: ${result.numPassedTests} passed, ${result.numFailedTests} failed (${seconds} s)`);
}

/** The second implementation of the account, in Python: counts come from its closing lines. */
async function oracle() {
  const python = await run('python3', ['--version'], { quiet: true });
  if (python.code !== 0) {
    tally.leftOut.push('the second implementation of the account fold (no python3 here)');
    return;
  }
  await check('oracle: its own tests', 'python3', ['-m', 'unittest', 'discover', '-s', 'tools/oracle']);
  await check('oracle: golden files', 'python3', ['tools/oracle/oracle.py', 'golden', 'docs/account/golden']);
  await check('oracle: 500 random histories, two programs, one fingerprint (I4)', 'sh', [
    '-c',
    'node tools/golden/random-histories.mjs --seed 20160520 --count 500 | python3 tools/oracle/oracle.py compare',
  ]);
}

/** The contract of messaging on a real broker, and the services as processes on it; in CI there must be one. */
const noBroker = quick ? null : await whyNoBroker();

async function onKafka(title, projects, options) {
  if (noBroker) tally.leftOut.push(`${title} (${noBroker})`);
  else await jest(title, projects, options);
}

/** Journeys in a real Chromium, one after the other: they share one running system. */
async function browser() {
  const reason = whyNoChromium();
  if (reason) tally.leftOut.push(`the journeys in a browser (${reason})`);
  else await jest('journeys in Chromium, on the running system', ['browser'], ['--runInBand']);
}

const bin = (name) => join('node_modules', '.bin', name);
// TypeScript's native compiler; ESLint reads types through the one written in JavaScript.
const types = [join('node_modules', 'typescript-native', 'bin', 'tsc'), '--noEmit', '-p'];

async function readings() {
  await check('format', bin('oxfmt'), ['--check']);
  await check('lint and boundaries', bin('eslint'), ['.', '--max-warnings', '0']);
  await check('types', 'node', [...types, 'tsconfig.json']);
  await check('types of the web app', 'node', [...types, 'services/portal/web']);
}

const exportOfEvents = ['tools/events/export.mjs', '--check'];

/** All kills fall into the first third of these; the full twenty thousand are sent by `npm run soak`, for which there is time. */
process.env.ISU_E2E_PAYMENTS ??= '8000';

const distributed = () => onKafka('every service twice as processes on Kafka, killed at random', ['distributed']);

async function images() {
  await check('images, laid out and started without a secret', 'node', ['deploy/image/rehearse.mjs', 'collection', 'portal']);
  // Brought by npm when first needed: better now than while everything else waits for it.
  if (!whyNoChromium()) await check('Lighthouse at hand', 'node', ['e2e/lighthouse/install.mjs']);
}

/** All cores: Jest leaves one to itself, which is half of a machine of two. */
const allCores = ['--maxWorkers=100%'];

/**
 * In the order in which they begin where they can, each with the cores that it keeps busy. What mostly waits stands in one row beside what
 * mostly computes.
 */
const everything = [
  { name: 'build', cores: 1.5, run: () => check('build', bin('nx'), ['run-many', '-t', 'build', '--output-style=static']) },
  // Its files wait for sessions and elections most of the time, each with topics of its own.
  { name: 'kafka', cores: 0.5, run: () => onKafka('contract of messaging on Kafka', ['kafka'], allCores) },
  { name: 'specs', after: ['build'], cores: 1.5, run: () => jest('unit and integration', ['unit', 'int'], allCores) },
  { name: 'images', after: ['build', 'kafka'], cores: 0.5, run: images },
  { name: 'schemas', after: ['build'], cores: 0.5, run: () => check('published event schemas unchanged', 'node', exportOfEvents) },
  { name: 'oracle', after: ['build'], cores: 0.5, run: oracle },
  { name: 'readings', cores: 0.5, run: readings },
  { name: 'distributed', after: ['specs', 'kafka'], cores: 1.5, run: distributed },
  // Jest leaves a core: it is the browser's, whose pages must hear of a payment within five seconds.
  { name: 'e2e', after: ['distributed'], cores: 1, run: () => jest('end to end, on the running system', ['e2e']) },
  // How quick a page is, it asks last: by then nothing else is at work.
  { name: 'browser', after: ['distributed', 'images'], cores: 1, run: browser },
];

if (quick) {
  await readings();
  await jest('unit', ['unit'], allCores);
} else await sideBySide(everything, availableParallelism());
rmSync(scratch, { recursive: true, force: true });

if (tally.leftOut.length > 0) {
  console.log(`\n${tally.leftOut.length} left out:`);
  for (const title of tally.leftOut) console.log(`  - ${title}`);
  if (inCi) {
    console.log('CI leaves nothing out: that is a failure here.');
    tally.failed += 1;
  }
}
console.log(`\n${tally.passed} passed, ${tally.failed} failed${tally.leftOut.length > 0 ? `, ${tally.leftOut.length} skipped` : ''}`);
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
