import { authorOf, type Author, type Fact, type FactType, type Vector } from '@isu/contracts';

/** Two facts under one number of one author: the author's history has split, and no fold may choose (facts.md: fork). */
export class ForkedFacts extends Error {
  constructor(
    readonly author: Author,
    readonly seq: number,
    readonly ids: readonly [string, string],
  ) {
    super(`${author} wrote two facts under number ${String(seq)}: ${ids.join(' and ')}.`);
  }
}

/** The facts of one stream that count: each author's from 1 up to the number before its first hole, each once. */
export interface TakenFacts {
  /** Last number taken of each author; authors in code point order. */
  readonly vector: Vector;
  readonly ofAuthor: (author: Author) => readonly Fact[];
  /** In the order of seq: a type belongs to one author. */
  readonly ofType: <T extends FactType>(type: T) => readonly Fact<T>[];
}

/** Takes the contiguous prefix per author, whatever the order and the repetitions. Throws `ForkedFacts`. */
export function takeFacts(facts: Iterable<Fact>): TakenFacts {
  const numbered = numberFacts(facts);
  const vector: Vector = {};
  const byAuthor = new Map<Author, Fact[]>();
  const byType = new Map<string, Fact[]>();
  for (const author of [...numbered.keys()].sort()) {
    const prefix = prefixOf(numbered.get(author) ?? new Map<number, Fact>());
    if (prefix.length === 0) continue;
    vector[author] = prefix.length;
    byAuthor.set(author, prefix);
    for (const fact of prefix) listOf(byType, fact.type).push(fact);
  }
  return {
    vector,
    ofAuthor: (author) => byAuthor.get(author) ?? [],
    ofType: <T extends FactType>(type: T) => (byType.get(type) ?? []) as unknown as readonly Fact<T>[],
  };
}

function numberFacts(facts: Iterable<Fact>): Map<Author, Map<number, Fact>> {
  const numbered = new Map<Author, Map<number, Fact>>();
  for (const fact of facts) {
    const author = authorOf(fact);
    let ofAuthor = numbered.get(author);
    if (ofAuthor === undefined) numbered.set(author, (ofAuthor = new Map()));
    const known = ofAuthor.get(fact.seq);
    if (known === undefined) ofAuthor.set(fact.seq, fact);
    else if (known.id !== fact.id) throw new ForkedFacts(author, fact.seq, [known.id, fact.id]);
  }
  return numbered;
}

function prefixOf(numbered: ReadonlyMap<number, Fact>): Fact[] {
  const prefix: Fact[] = [];
  for (let fact = numbered.get(1); fact !== undefined; fact = numbered.get(fact.seq + 1)) prefix.push(fact);
  return prefix;
}

function listOf(lists: Map<string, Fact[]>, name: string): Fact[] {
  let list = lists.get(name);
  if (list === undefined) lists.set(name, (list = []));
  return list;
}
