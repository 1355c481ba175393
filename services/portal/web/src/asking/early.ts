import type { SessionState } from '../../../src/face/session.js';

export const root = '/api/portal/v1';

/** What the page at an address asks first of all, in the civil year of the business day, once it is known that its person is there. */
const firstOf: Readonly<Record<string, (year: string) => string>> = {
  '/mon-compte': () => 'my/home',
  '/mon-compte/synthese': () => 'my/summary',
  '/mon-compte/echeances': (year) => `my/instalments?from=${year}-01-01&to=${year}-12-31`,
  '/mon-compte/paiements': (year) => `my/payments?from=${year}-01-01&to=${year}-12-31`,
};

/** An answer that nobody came for within this time would be old when they do. */
const keptMs = 10_000;

/*
 * A small script of its own, which runs before the application has come (area-documents.mjs): who is there and what they will look at are
 * asked while React is still on its way. On a phone that saves the page two journeys to the server.
 */
const asked = new Map<string, Promise<Response>>();

/** The answer that was asked for in advance, once; nothing afterwards. */
export function early(path: string): Promise<Response> | undefined {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}

/** After something was told, what was asked before is no longer so. */
export const forgetEarly = (): void => asked.clear();

/** What was asked in advance and has been answered: paths, in their order. */
async function askAhead(): Promise<readonly string[]> {
  setTimeout(forgetEarly, keptMs);
  const answer = await read('session');
  const first = firstOf[window.location.pathname];
  if (first === undefined || !answer.ok) return ['session'];
  const { who, today } = (await answer.clone().json()) as SessionState;
  const page = first(today.slice(0, 4));
  // A page that the status hides (F85) has no answer to be asked for.
  if (who.kind !== 'insured' || who.hiddenTabs.some((tab) => page.startsWith(`my/${tab}`))) return ['session'];
  await read(page);
  return ['session', page];
}

function read(path: string): Promise<Response> {
  const answer = fetch(`${root}/${path}`, { credentials: 'same-origin', cache: 'no-store' });
  asked.set(path, answer);
  return answer;
}

// What goes wrong here is met, and said, by who takes the answer. While the first sight is rendered there is no portal to ask.
export const askedAhead: Promise<readonly string[]> = typeof window === 'undefined' ? Promise.resolve([]) : askAhead().catch(() => []);
