import { Money } from '@isu/values';

/** An amount of a payload in the one form that the book has: `"1690.00"` becomes `"1690"`. */
export const euros = (amount: string): string => Money.of(amount).toString();

export const sumOf = (amounts: readonly string[]): Money => Money.sum(amounts.map((amount) => Money.of(amount)));
