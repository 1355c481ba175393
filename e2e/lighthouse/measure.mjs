/** Lighthouse on an address, in a process of its own: `{ accessibility, performance }` of 100, and the names of the audits that failed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromiumArguments, chromiumPath } from '../browser/jest/chromium.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const program = join(here, 'node_modules', 'lighthouse', 'cli', 'index.js');

/** Installed when first needed, from its own lock. */
export async function installLighthouse() {
  if (existsSync(program)) return;
  await run('npm', ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'], { timeout: 300_000 });
}

/** Of the machine for which four times slower is a middling phone (Lighthouse's `benchmarkIndex`, its guide to throttling). */
const usualIndex = 1_500;
const usualSlowdown = 4;

/** How much slower this machine must be made to be a middling phone: a slow host is slowed down less, so that it is the phone that is measured. */
export const slowdownFor = (hostIndex) => Math.max(1, Math.round(usualSlowdown * Math.min(1, hostIndex / usualIndex) * 10) / 10);

export async function measure(url, { cookie, slowdown = usualSlowdown } = {}) {
  const options = [
    '--output=json',
    '--quiet',
    '--only-categories=accessibility,performance',
    '--max-wait-for-load=20000',
    `--throttling.cpuSlowdownMultiplier=${String(slowdown)}`,
    `--chrome-flags=--headless=new ${chromiumArguments.join(' ')}`,
    ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
  ];
  const { stdout } = await run(process.execPath, [program, url, ...options], {
    env: { ...process.env, CHROME_PATH: chromiumPath },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
  });
  const { categories, audits, environment, finalDisplayedUrl } = JSON.parse(stdout);
  const failed = categories.accessibility.auditRefs.map(({ id }) => audits[id]).filter(({ score }) => score === 0);
  return {
    address: finalDisplayedUrl,
    hostIndex: environment.benchmarkIndex,
    accessibility: Math.round(categories.accessibility.score * 100),
    performance: Math.round(categories.performance.score * 100),
    failed: failed.map(({ id, title }) => `${id}: ${title}`),
    figures: ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map(
      (id) => `${id} ${audits[id].displayValue}`,
    ),
  };
}
