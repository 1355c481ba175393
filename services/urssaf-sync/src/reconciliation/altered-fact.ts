import type { Author, Fact, FactType } from '@isu/contracts';
import { copyHolders, type Copies, type CopyHolder } from './copies.js';
import type { CopiesReader } from './copies-reader.js';

/** A fact that one service no longer holds as it was written: its author too may have lost it. */
export interface AlteredFact {
  readonly service: CopyHolder;
  readonly author: Author;
  readonly seq: number;
  readonly id: string;
  readonly type: FactType;
}

type Texts = (holder: Author, author: Author) => Promise<readonly string[]>;

/** The first fact of an account that some copy holds otherwise than the others: what makes equal vectors part. */
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
  const bySeq = new Map<number, Map<Author, string>>();
  for (const holder of new Set<Author>([author, ...copyHolders]))
    for (const text of await texts(holder, author)) {
      const { seq } = factIn(text);
      bySeq.set(seq, (bySeq.get(seq) ?? new Map<Author, string>()).set(holder, text));
    }
  for (const [seq, held] of [...bySeq].sort(([a], [b]) => a - b)) {
    const right = rightAmong(held, author);
    const service = copyHolders.find((one) => held.has(one) && held.get(one) !== right);
    if (service === undefined) continue;
    const { id, type } = factIn(right);
    return { service, author, seq, id, type };
  }
  return null;
}

/** What most hold, for it was sent to all of them; between as many and as many the author's own word decides. */
function rightAmong(held: ReadonlyMap<Author, string>, author: Author): string {
  const votes = new Map<string, number>();
  for (const text of held.values()) votes.set(text, (votes.get(text) ?? 0) + 1);
  const most = Math.max(...votes.values());
  const own = held.get(author);
  if (own !== undefined && votes.get(own) === most) return own;
  return [...votes].find(([, count]) => count === most)?.[0] ?? '';
}

const factIn = (text: string): Fact => JSON.parse(text) as Fact;
