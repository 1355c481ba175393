/** Payloads of the catalogue need five levels. */
const maxDepth = 16;
/** NUL, and half a character; every surrogate is looked for first, which is quicker and rarely finds one. */
const unstorable = /[\0\p{Cs}]/u;
const suspect = /[\0\ud800-\udfff]/;

/**
 * Why a JSON value can be no fact whatever its type, or null: a number other than a safe integer (amounts and rates are
 * texts, and another language would read another number), text that neither RFC 8785 nor PostgreSQL takes (NUL, lone
 * surrogates), nesting that would exhaust the stack of whoever walks it.
 */
export function wireFault(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return suspect.test(value) && unstorable.test(value) ? 'text with NUL or half a character' : null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : 'a number that is no safe integer';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === maxDepth) return 'nested too deeply';
  for (const name of Object.keys(value)) {
    const fault = wireFault(name) ?? wireFault((value as Record<string, unknown>)[name], depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}
