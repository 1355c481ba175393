import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from '@isu/chassis';

interface WebFile {
  readonly bytes: Buffer;
  readonly gzipped: Buffer | null;
  readonly type: string;
  readonly etag: string;
}

interface WebPagesOptions {
  /** Where the web app was built to. */
  readonly folder: string;
  /** The origin of the agents' issuer: a sign-in goes there. */
  readonly issuer: string;
  readonly production: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = /^text\/|javascript|json|svg/;

/** The areas of the web app: each of their addresses is its one page, which then looks at the address. */
const areas =
  /^\/(?:mon-compte|bureau|simulateur|delais|connexion|ouvrir-mon-compte|mot-de-passe|mot-de-passe-oublie|accessibilite)(?:\/|$)/;

const year = 'public, max-age=31536000, immutable';

/**
 * Serves the web app from memory: what is not among its files cannot be asked for, whatever the address says. Files with a digest in
 * their name are kept by browsers for ever; the page itself is asked for anew each time, so that a new version is seen at once.
 */
export function webPages({ folder, issuer, production }: WebPagesOptions): RequestHandler {
  const files = filesIn(folder);
  const headers = securityHeaders(issuer, production);
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (request.method !== 'GET' && request.method !== 'HEAD') return sayOnly(response, 405, 'Cette page se lit, et c’est tout.');
    if (path === '/') return void response.writeHead(302, { location: '/mon-compte', 'cache-control': 'no-store' }).end();
    const file = files.get(path);
    if (file && extname(path) !== '.html')
      return send(request, response, { file, caching: path.startsWith('/assets/') ? year : 'no-cache', status: 200 });
    // Each area has a document that names what it is made of; the others have the one of all.
    const page = files.get(`/${path.split('/', 2)[1] ?? ''}.html`) ?? files.get('/index.html');
    if (!page) return sayOnly(response, 503, 'Les écrans ne sont pas construits : npx nx build @isu/portal');
    send(request, response, { file: page, caching: 'no-cache', status: areas.test(path) ? 200 : 404 });
  };
}

/** Nothing is run, shown or asked but what this very site serves; nobody puts it into a frame. */
function securityHeaders(issuer: string, production: boolean): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `form-action 'self' ${new URL(issuer).origin}`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(production ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

function filesIn(folder: string): ReadonlyMap<string, WebFile> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => extname(path) !== '.map')
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, fileAt(path)] as const),
  );
}

function fileAt(path: string): WebFile {
  const bytes = readFileSync(path);
  const type = types[extname(path)] ?? 'application/octet-stream';
  const gzipped = compressible.test(type) && bytes.length > 1_024 ? gzipSync(bytes) : null;
  return { bytes, gzipped, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

interface Sending {
  readonly file: WebFile;
  readonly caching: string;
  readonly status: number;
}

function send(request: IncomingMessage, response: ServerResponse, { file, caching, status }: Sending): void {
  const { bytes, gzipped, type, etag } = file;
  response.setHeader('cache-control', caching);
  response.setHeader('etag', etag);
  response.setHeader('vary', 'accept-encoding');
  if (status === 200 && request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  const zipped = gzipped !== null && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = zipped ? gzipped : bytes;
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...(zipped ? { 'content-encoding': 'gzip' } : {}) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sayOnly(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(words);
}
