import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where messages for the bank are laid, for whoever carries them there. */
export interface BankOutbox {
  /** Whole or not at all; the same name again holds the same bytes. */
  lay(name: string, content: string): Promise<void>;
}

/**
 * A folder that its owner alone may read, as its files: they hold IBANs. A file appears whole: it is written aside, forced to the disk,
 * then given its name. A full disk leaves nothing behind and throws.
 */
export class BankFolder implements BankOutbox {
  constructor(private readonly folder: string) {}

  async lay(name: string, content: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const aside = join(this.folder, `.${name}.part`);
    await rm(aside, { force: true });
    try {
      const file = await open(aside, 'wx', 0o600);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, join(this.folder, name));
    } catch (fault) {
      await rm(aside, { force: true });
      throw fault;
    }
  }
}
