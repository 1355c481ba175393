import { accountPattern, canonicalJson, sha256, type Fact, type Vector } from '@isu/contracts';
import { bookOf, type Book } from './book/book.js';
import { takeFacts } from './taken-facts.js';

/** The number of this fold: another meaning of the same facts is another number (docs/account). */
export const fold = 3;

/** The consolidated account: what every service and both organisations show, with the proof that they show the same (I4, N1). */
export interface AccountView {
  readonly account: string;
  readonly fold: typeof fold;
  readonly vector: Vector;
  readonly book: Book;
  /** SHA-256 of the canonical form of fold, vector and book. */
  readonly fingerprint: string;
}

/** Facts of several subjects, of none, or of something that is no account, make no account view. */
export class NotOneAccount extends Error {
  constructor(readonly subjects: readonly string[]) {
    super(`One account is folded at a time, not ${subjects.length === 0 ? 'none' : subjects.join(', ')}.`);
  }
}

/**
 * Folds the facts of one account into its view: in any order, repeated or not; what stands behind a hole in an author's
 * numbers does not count yet. Throws `NotOneAccount`, `ForkedFacts`.
 */
export function foldAccount(facts: readonly Fact[]): AccountView {
  const account = accountOf(facts);
  const taken = takeFacts(facts);
  const counted = { fold, vector: taken.vector, book: bookOf(taken) } as const;
  return { account, ...counted, fingerprint: sha256(`{"book":${bookText(counted.book)},${restText(counted)}}`) };
}

/** The bytes that every service answers for a view: canonical JSON (RFC 8785) in UTF-8. */
export function viewBytes(view: AccountView): Uint8Array {
  const { account, book, fingerprint } = view;
  const before = `"account":${canonicalJson(account)},"book":${bookText(book)},"fingerprint":${canonicalJson(fingerprint)}`;
  return new TextEncoder().encode(`{${before},${restText(view)}}`);
}

const restText = ({ fold: of, vector }: Pick<AccountView, 'fold' | 'vector'>): string =>
  `"fold":${String(of)},"vector":${canonicalJson(vector)}`;

/** Books in canonical form, while they are at hand: the fingerprint and the answer are made of the same text, which was most of both. */
const bookTexts = new WeakMap<Book, string>();

function bookText(book: Book): string {
  const known = bookTexts.get(book);
  if (known !== undefined) return known;
  const text = canonicalJson(book);
  bookTexts.set(book, text);
  return text;
}

function accountOf(facts: readonly Fact[]): string {
  const subjects = new Set(facts.map((fact) => fact.subject));
  const [account] = subjects;
  if (account === undefined || subjects.size > 1 || !accountPattern.test(account)) throw new NotOneAccount([...subjects]);
  return account;
}
