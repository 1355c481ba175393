/**
 * Asks of one transaction what does not need each other's answers, so that it travels together. Waits for all, also when one fails: nothing may still
 * speak on the connection when the transaction is undone. Throws what failed first; what fails after it fails for its sake.
 */
export async function together<T extends readonly unknown[]>(...work: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  let first: { readonly fault: unknown } | undefined;
  const answers = await Promise.all(
    work.map((each: Promise<unknown>) =>
      each.catch((fault: unknown) => {
        first ??= { fault };
      }),
    ),
  );
  if (first) throw first.fault;
  return answers as unknown as T;
}
