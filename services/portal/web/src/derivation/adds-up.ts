import { Money } from '@isu/values';

/** Whether the terms make the amount, to the cent: a sum on the screen that does not is said aloud, never shown as if it did. */
export const addsUp = (terms: readonly { readonly amount: string }[], amount: string): boolean =>
  Money.sum(terms.map((term) => Money.of(term.amount))).equals(Money.of(amount));
