/**
 * Jest's globalSetup of the project `browser`: one embedded system with its demonstration people, and one Chromium, for all specs
 * of the run. While pages are being made, `ISU_BROWSER_URL` and `ISU_BROWSER_FOLDER` name a system that runs already.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumArguments, chromiumPath, whyNoChromium } from './chromium.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const screens = join(root, 'e2e', 'browser', 'screens');

export default async function openHouse() {
  const reason = whyNoChromium();
  if (reason) throw new Error(`The browser journeys cannot be made: ${reason}`);
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
  const [browser, system] = await Promise.all([
    chromium.launchServer({ executablePath: chromiumPath, args: chromiumArguments }),
    process.env.ISU_BROWSER_URL ? runningAlready() : startSystem(),
  ]);
  globalThis.isuHouse = { browser, system };
  process.env.ISU_BROWSER = browser.wsEndpoint();
  process.env.ISU_BROWSER_URL = system.url;
  process.env.ISU_BROWSER_FOLDER = system.folder;
}

const runningAlready = () => ({ url: process.env.ISU_BROWSER_URL, folder: process.env.ISU_BROWSER_FOLDER ?? '.isu/data' });

async function startSystem() {
  const folder = mkdtempSync(join(tmpdir(), 'isu-browser-'));
  const env = {
    ...process.env,
    ISU_FOLDER: folder,
    ISU_PORT: '0',
    ISU_SIMULATED_URSSAF: 'off',
    ISU_DEMO: 'on',
    ISU_TODAY: '2016-05-20',
    ISU_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-old-space-size=384', join(root, 'tools/embedded/dist/main.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /est prêt en [\d.]+ s : (\S+)/.exec(output)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The system ended with ${code} before it was ready:\n${output.slice(-4000)}`)));
  });
  return { child, folder, url };
}
