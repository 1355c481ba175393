import pg from 'pg';

/** A text asked as often by this process is worth a plan that each connection keeps. */
const usesBeforePlanned = 20;
/** Texts known: what is put together at run time cannot fill the memory of the process or of the server. */
const textsKnown = 1_000;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * The name under which a connection shall keep the plan of a text, once it is asked often; undefined before. Where the values
 * matter to the plan, PostgreSQL goes on planning anew (`plan_cache_mode = auto`).
 */
export function planNameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count === 1 && uses.size >= textsKnown) return undefined;
  uses.set(text, count);
  if (count < usesBeforePlanned) return undefined;
  const name = `hot-${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** Parsing and planning a statement costs PostgreSQL as much as running it, where it touches few rows: what is asked often is prepared once a connection. */
export class PreparingClient extends pg.Client {
  override query = ((text: unknown, values?: unknown, callback?: unknown) => {
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? planNameOf(text) : undefined;
    const asked = name === undefined ? text : { name, text };
    return (super.query as (...args: unknown[]) => unknown).call(this, asked, values, callback);
  }) as pg.Client['query'];
}
