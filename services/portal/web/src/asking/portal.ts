import type { Refused, SessionState } from '../../../src/face/session.js';
import { early, forgetEarly, root } from './early.js';
import { RefusedByPortal, Unreachable } from './refused.js';

/** Reads from the portal. */
export function ask<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf<Answer>(path, { signal });
}

/** What keeps an act from happening twice, or from undoing somebody else's. */
interface Precautions {
  readonly key?: string | undefined;
  readonly version?: number | undefined;
}

/** Tells the portal something: with the token of the session, without which nothing but reading is allowed. */
export async function tell<Answer>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  { key, version }: Precautions = {},
): Promise<Answer> {
  forgetEarly();
  const csrf = kept.csrfToken ?? (await ask<SessionState>('session').then(keepToken)).csrfToken;
  const answer = await answerOf<Answer>(path, {
    method,
    headers: {
      'Isu-Csrf': csrf,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(version === undefined ? {} : { 'If-Match': `"${String(version)}"` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer;
}

/** In memory only: it ends with the page, and nothing of it is ever stored. */
const kept: { csrfToken: string | null } = { csrfToken: null };

export function keepToken(session: SessionState): SessionState {
  kept.csrfToken = session.csrfToken;
  return session;
}

async function answerOf<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const begun =
    (request.method === undefined ? early(path) : undefined) ??
    fetch(`${root}/${path}`, { ...request, credentials: 'same-origin', cache: 'no-store' });
  const response = await begun.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable('the portal does not answer');
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
  if (response.status === 502 || response.status === 504) throw new Unreachable('nothing answers behind the gateway');
  throw new RefusedByPortal(await problemIn(response), secondsToWait(response));
}

async function problemIn(response: Response): Promise<Refused> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  if (isProblem) return (await response.json()) as Refused;
  return {
    code: 'unreadable-answer',
    status: response.status,
    title: 'Réponse illisible',
    detail: 'Le service a répondu autre chose que ce que nous attendions. Réessayez dans un instant.',
    instance: '',
  };
}

function secondsToWait(response: Response): number | null {
  const text = response.headers.get('retry-after');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
