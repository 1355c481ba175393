import type { Author, Fact, FactType } from '@isu/contracts';
import { copyHolders, type Copies, type CopyHolder } from './copies.js';
import type { CopiesReader } from './copies-reader.js';

/** A fact that one service holds otherwise than its author wrote it. */
export interface AlteredFact {
  readonly service: CopyHolder;
  readonly author: Author;
  readonly seq: number;
  readonly id: string;
  readonly type: FactType;
}

type Texts = (holder: Author, author: Author) => Promise<readonly string[]>;

/**
 * The first fact of an account that some copy holds otherwise than its author: what makes equal vectors part. Where only two
 * of the readers were asked to agree, the author's own word decides.
 */
export async function alteredFact(account: string, copies: Copies, reader: CopiesReader): Promise<AlteredFact | null> {
  const ends = new Map<Author, number>();
  for (const service of copyHolders)
    for (const [author, seq] of Object.entries(copies[service]?.vector ?? {}) as [Author, number][])
      ends.set(author, Math.max(ends.get(author) ?? 0, seq));
  for (const [author, to] of ends) {
    const found = await alteredOf(author, (holder, of) => reader.texts(holder, of, account, to));
    if (found) return found;
  }
  return null;
}

async function alteredOf(author: Author, texts: Texts): Promise<AlteredFact | null> {
  const written = new Map((await texts(author, author)).map((text) => [factIn(text).seq, text]));
  for (const service of copyHolders) {
    if (service === author) continue;
    for (const text of await texts(service, author)) {
      const { seq } = factIn(text);
      const original = written.get(seq);
      if (original === undefined || original === text) continue;
      const { id, type } = factIn(original);
      return { service, author, seq, id, type };
    }
  }
  return null;
}

const factIn = (text: string): Fact => JSON.parse(text) as Fact;
