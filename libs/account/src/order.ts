/**
 * Compares by one property after the other: texts by code point, numbers by value. JavaScript compares UTF-16 units, which
 * is the same here: what the book sorts by (days, UUIDs, codes, instalment ids, years) is ASCII or a number.
 */
export function by<T>(...keys: readonly ((entry: T) => string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  };
}
