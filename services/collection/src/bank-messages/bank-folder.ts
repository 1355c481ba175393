import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layWhole } from '@isu/chassis';

/** Where messages for the bank are laid, for whoever carries them there. */
export interface BankOutbox {
  /** Whole or not at all; the same name again holds the same bytes. */
  lay(name: string, content: string): Promise<void>;
}

/** A folder that its owner alone may read, as its files: they hold IBANs. A full disk leaves nothing behind and throws. */
export class BankFolder implements BankOutbox {
  constructor(private readonly folder: string) {}

  async lay(name: string, content: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await layWhole(join(this.folder, name), (file) => writeFile(file, content), 0o600);
  }
}
