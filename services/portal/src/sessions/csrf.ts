import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { cookieOf } from './cookie.js';

export const csrfHeader = 'isu-csrf';

/** Follows from the cookie, which no script can read, and tells nothing of it: another session has another token, without a store. */
export const csrfTokenOf = (cookie: string): string => createHash('sha256').update(`isu-csrf/1 ${cookie}`).digest('base64url');

/**
 * Whether a request that changes something was made by a page of ours: it shows the token of its own cookie, and the browser says
 * that it comes from here. A browser always sends `Origin` with such a request; one without is refused.
 */
export function isOurOwn(request: IncomingMessage, origins: readonly string[]): boolean {
  const cookie = cookieOf(request);
  const shown = request.headers[csrfHeader];
  return cookie !== null && typeof shown === 'string' && sameText(shown, csrfTokenOf(cookie)) && comesFromHere(request, origins);
}

function comesFromHere({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site'];
  return (site === undefined || site === 'same-origin') && headers.origin !== undefined && origins.includes(headers.origin);
}

/** Whether another site makes the browser read here: what it would learn by the size or the time of an answer is not its business. */
export function isReadByOthers({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
}

function sameText(shown: string, expected: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
