/** Makes a text the first time that it is asked for. What the law words is worded once, however many people it is told to. */
export function once(make: () => string): () => string {
  let text: string | undefined;
  return () => (text ??= make());
}

/** Keeps what `make` gives for each value of the law. `make` is pure and the law's values last, so that keeping changes no answer. */
export function keptFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const kept = new WeakMap<Key, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    kept.set(key, made);
    return made;
  };
}
