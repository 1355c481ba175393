import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Somebody else uses the folder: told kindly, nothing was touched. */
export class FolderInUse extends Error {}

interface Holder {
  readonly pid: number;
  readonly url: string | null;
}

/**
 * The folder where the embedded system keeps everything between starts: database, keys, files. One process at a time; a
 * process that was killed leaves its mark behind, which counts for nothing once it is dead.
 */
export class DataFolder {
  private constructor(readonly path: string) {}

  static take(given: string): DataFolder {
    // Whole: the database server works from elsewhere, and would look for it there.
    const path = resolve(given);
    mkdirSync(path, { recursive: true });
    const folder = new DataFolder(path);
    try {
      writeFileSync(folder.mark, JSON.stringify({ pid: process.pid, url: null }), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      folder.takeOver();
    }
    return folder;
  }

  /** Tells those who come next where this process can be reached. */
  announce(url: string): void {
    writeFileSync(this.mark, JSON.stringify({ pid: process.pid, url } satisfies Holder));
  }

  release(): void {
    if (this.holder()?.pid === process.pid) rmSync(this.mark, { force: true });
  }

  within(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Where a running system with this folder answers, for the command line; null when none runs. */
  static urlOf(path: string): string | null {
    const holder = new DataFolder(path).holder();
    return holder && isAlive(holder.pid) ? holder.url : null;
  }

  private get mark(): string {
    return this.within('running.json');
  }

  private takeOver(): void {
    const holder = this.holder();
    if (holder && holder.pid !== process.pid && isAlive(holder.pid)) {
      const where = holder.url ? `, à l’adresse ${holder.url}` : '';
      throw new FolderInUse(
        `ISU tourne déjà sur le dossier ${this.path} (processus ${String(holder.pid)}${where}).\n` +
          'Arrêtez-le, ou donnez un autre dossier : ISU_FOLDER=… npm start',
      );
    }
    writeFileSync(this.mark, JSON.stringify({ pid: process.pid, url: null } satisfies Holder));
  }

  private holder(): Holder | null {
    try {
      return JSON.parse(readFileSync(this.mark, 'utf8')) as Holder;
    } catch {
      return null;
    }
  }
}

/** Alive, and still one of ours: after a restart of the machine the number may belong to anybody. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('node');
  } catch {
    // No /proc on this system: the number is all there is.
    return true;
  }
}
