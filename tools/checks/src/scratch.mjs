import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const prefix = 'isu-checks-';
const gibibyte = 1024 ** 3;

/**
 * The folder of temporary files of a run: databases, brokers, browser profiles, wanted for minutes and never after a crash. In memory
 * where there is room for them: a run makes some four hundred databases of three hundred files each, which is most of what it asks of a disk.
 */
export function scratchFolder() {
  const parent = hasRoom() ? memory : tmpdir();
  sweep(parent);
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  // Root's PostgreSQL runs as another user, who must be able to walk through it.
  chmodSync(folder, 0o755);
  return folder;
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= 3 * gibibyte && process.availableMemory() >= 6 * gibibyte;
  } catch {
    return false;
  }
}

/** What a run that was killed left behind. A server whose files are gone ends by itself. */
function sweep(parent) {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length).split('-')[0]))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}
