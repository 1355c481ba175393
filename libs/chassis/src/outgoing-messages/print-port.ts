import { randomUUID } from 'node:crypto';
import { access, appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A letter as it goes to print. */
export interface Letter {
  /** That of the message: handed over twice, it is one letter. */
  readonly id: string;
  readonly account: string;
  readonly kind: string;
  readonly writtenOn: string;
  readonly pdf: Buffer;
}

/** Where letters leave to be printed and posted: a print shop's door in production, a folder beside the embedded system. */
export interface PrintPort {
  print(letter: Letter): Promise<void>;
}

/** Letters as PDF files under their message's id, and an index of one line each. A letter handed over again changes nothing. */
export class FolderOfLetters implements PrintPort {
  constructor(private readonly folder: string) {}

  async print({ id, account, kind, writtenOn, pdf }: Letter): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const [file, draft] = [join(this.folder, `${id}.pdf`), join(this.folder, `.${randomUUID()}.pdf`)];
    if (await isThere(file)) return;
    await writeFile(draft, pdf);
    // The line first: a kill in between leaves a line that the next attempt repeats, never a letter that no line tells of.
    await appendFile(join(this.folder, 'index.ndjson'), `${JSON.stringify({ id, account, kind, writtenOn, file: `${id}.pdf` })}\n`);
    await rename(draft, file);
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
