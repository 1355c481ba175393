import { QueryCache, QueryClient, queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SessionState } from '../../../src/face/session.js';
import { askedAhead } from './early.js';
import { lacksAPart } from './missing-part.js';
import { ask, keepToken } from './portal.js';
import { hasStatus, RefusedByPortal } from './refused.js';

const missingPartMs = 5_000;

/** What is known stays in memory; it is asked again when the window comes back, when the network does, and when news arrives. */
export const queries = new QueryClient({
  queryCache: new QueryCache({
    // The session has ended on the other side: the question « who is there? » is asked again, and its answer leads to the sign-in page.
    onError: (error, { queryKey }) => {
      if (hasStatus(error, 401) && queryKey[0] !== 'session') void forgetSession();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      // A refusal is an answer: only silence is worth asking again.
      retry: (failures, error) => !(error instanceof RefusedByPortal) && failures < 2,
      // An installation on a company's own network may have no internet: we ask anyway, and say so when nothing answers.
      networkMode: 'always',
      // A page that came with a part missing is asked again by itself until it is whole (F3).
      refetchInterval: ({ state }) => lacksAPart(state.data) && missingPartMs,
    },
  },
});

const sessionKey = ['session'] as const;

const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => ask<SessionState>('session', signal).then(keepToken),
});

export const useSession = (): UseQueryResult<SessionState> => useQuery(sessionQuery);

/** What belongs to nobody in particular, and may stay when the person changes. */
const impersonal: readonly unknown[] = [sessionKey[0], 'one-time-link', 'demo-people', 'payment-to-rights'];

const forgetPersonal = (): void => queries.removeQueries({ predicate: ({ queryKey }) => !impersonal.includes(queryKey[0]) });

/** After signing in: nothing of the person before may stay on the screen. */
export function takeSession(session: SessionState): void {
  keepToken(session);
  forgetPersonal();
  queries.setQueryData(sessionKey, session);
}

/** The session has ended on the other side (time, password changed elsewhere): ask who we are now. */
export function forgetSession(): Promise<void> {
  forgetPersonal();
  return queries.invalidateQueries({ queryKey: sessionKey });
}

/** A page of the portal, by its path under `/api/portal/v1/`: `usePage<HomePage>('my', 'home')`. The area is what live news refreshes. */
export const usePage = <Answer>(area: string, path: string): UseQueryResult<Answer> => useQuery(pageQuery<Answer>(area, path));

const pageQuery = <Answer>(area: string, path: string) =>
  queryOptions({ queryKey: [area, path], queryFn: ({ signal }) => ask<Answer>(`${area}/${path}`, signal) });

/**
 * What was asked in advance (early.ts) is known before the application is first rendered: it is then rendered once, whole, and not
 * three times, as what it waits for comes. What was not answered is asked by the page itself, which says so.
 */
export async function takeWhatWasAskedAhead(): Promise<void> {
  const paths = await askedAhead;
  await Promise.all(
    paths.map((whole) => {
      if (whole === 'session') return queries.prefetchQuery(sessionQuery);
      const [area = '', ...path] = whole.split('/');
      return queries.prefetchQuery(pageQuery(area, path.join('/')));
    }),
  );
}

export function refresh(area: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: [area] });
}
