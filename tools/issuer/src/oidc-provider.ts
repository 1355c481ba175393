const ofTheLibrary = /oidc-provider (?:NOTICE|WARNING):/;

/**
 * The library warns on the console that its memory and its runtime are not those of a production. This issuer never is one,
 * and tests on Node 20 prove the runtime; somebody's first start must not open with three warnings that mean nothing to them.
 */
export function withoutItsNotices<T>(work: () => T): T {
  const { info, warn } = console;
  const muted =
    (write: typeof console.warn): typeof console.warn =>
    (...words) =>
      ofTheLibrary.test(String(words[0])) ? undefined : write(...words);
  console.info = muted(info);
  console.warn = muted(warn);
  const restore = () => Object.assign(console, { info, warn });
  let result: T;
  try {
    result = work();
  } catch (fault) {
    restore();
    throw fault;
  }
  if (result instanceof Promise) void result.finally(restore).catch(() => undefined);
  else restore();
  return result;
}

export const loadOidcProvider = () => withoutItsNotices(() => import('oidc-provider'));
