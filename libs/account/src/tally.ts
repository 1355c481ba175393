import { Money } from '@isu/values';

/** Sums of money by key; a key never met has zero. */
export class Tally {
  private readonly sums = new Map<string, Money>();

  add(key: string, amount: Money): this {
    const sum = this.sums.get(key);
    this.sums.set(key, sum === undefined ? amount : sum.plus(amount));
    return this;
  }

  of(key: string): Money {
    return this.sums.get(key) ?? Money.zero;
  }

  /** In the order in which the keys were first met. */
  get keys(): readonly string[] {
    return [...this.sums.keys()];
  }
}
