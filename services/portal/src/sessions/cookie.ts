import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The prefix holds the browser to Secure, Path=/ and no Domain: no neighbouring host can plant one. Chromium and Firefox take it
 * over plain http from localhost and 127.0.0.1; Safari wants TLS.
 */
export const sessionCookie = '__Host-isu';

const pattern = new RegExp(`(?:^|;\\s*)${sessionCookie}=([A-Za-z0-9_-]{43})(?:;|$)`);

export const newCookie = (): string => randomBytes(32).toString('base64url');

export const cookieOf = (request: IncomingMessage): string | null => pattern.exec(request.headers.cookie ?? '')?.[1] ?? null;

/** Without an end: it goes with the browser; how long it is worth something is ours to say. */
export const giveCookie = (response: ServerResponse, cookie: string): void =>
  void response.setHeader('set-cookie', `${sessionCookie}=${cookie}; Path=/; Secure; HttpOnly; SameSite=Lax`);

/** What stands in the database: who reads it there cannot come in with it. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
