import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file that appears whole or not at all, for whoever looks into its folder: written aside under a name that nobody takes for it, forced to
 * the disk, then given its own. A full disk leaves nothing behind and throws: whoever writes tries again.
 */
export async function layWhole(path: string, fill: (file: FileHandle) => Promise<void>, mode = 0o666): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.part`);
  // What a kill has left there may belong to others, or be open to them.
  await rm(aside, { force: true });
  try {
    const file = await open(aside, 'wx', mode);
    try {
      await fill(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (fault) {
    await rm(aside, { force: true });
    throw fault;
  }
}
