import type { Fact, FactType, Vector } from '@isu/contracts';
import type { Day } from '@isu/values';
import { bookOf, type Book } from './book/book.js';
import { foldAccount } from './fold.js';
import { takeFacts } from './taken-facts.js';

/**
 * The account as it was in effect on a day, by everything that these facts tell: what took effect later does not count, what was learned
 * later does (I7). It is no view: what is proven is the view that it was cut out of.
 */
export interface EffectiveBook {
  readonly account: string;
  readonly effectiveOn: string;
  readonly book: Book;
  /** The view of all these facts, later ones included. */
  readonly restsOn: { readonly vector: Vector; readonly fingerprint: string };
}

/** Throws as `foldAccount` does. */
export function bookEffectiveOn(facts: readonly Fact[], day: Day): EffectiveBook {
  const { account, vector, fingerprint } = foldAccount(facts);
  const taken = takeFacts(facts);
  const inEffect = ({ effectiveon }: Fact): boolean => effectiveon <= day.iso;
  const book = bookOf({
    vector,
    ofAuthor: (author) => taken.ofAuthor(author).filter(inEffect),
    ofType: <T extends FactType>(type: T) => taken.ofType(type).filter(inEffect),
  });
  return { account, effectiveOn: day.iso, book, restsOn: { vector, fingerprint } };
}
