import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from './run.js';
import { embeddedSettings } from './settings.js';
import { tellStory } from './story.js';

/** `npm run demo`: the main job of the system, told in the terminal on a folder of its own, which goes afterwards. */
const folder = mkdtempSync(join(tmpdir(), 'isu-demo-'));
const say = (line = ''): void => void process.stdout.write(`${line}\n`);
let failed = false;
try {
  say('ISU démarre sur un dossier provisoire, avec ses cinquante personnes…');
  const settings = embeddedSettings({
    ISU_LOG_LEVEL: 'error',
    ...process.env,
    ISU_FOLDER: folder,
    ISU_PORT: '0',
    ISU_DEMO: 'on',
    ISU_SIMULATED_URSSAF: 'off',
  });
  const embedded = await startEmbedded(settings, new Set(['karim/2015']));
  try {
    await tellStory(embedded, say);
  } finally {
    await embedded.stop();
  }
} catch (error) {
  failed = true;
  say(String(error instanceof Error ? error.stack : error));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
