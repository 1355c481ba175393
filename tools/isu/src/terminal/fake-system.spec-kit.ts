import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request as it came, its body whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** What the token was minted for. */
  readonly asker: URLSearchParams;
}

type Reply = { readonly status?: number; readonly json?: unknown; readonly ndjson?: readonly unknown[]; readonly text?: string };
type Routes = Readonly<Record<string, Reply | ((received: Received) => Reply)>>;

export interface FakeSystem {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

const notFound: Reply = {
  status: 404,
  json: { type: '/problems/not-found', title: 'Introuvable', status: 404, code: 'not-found', detail: 'Rien ici.' },
};

/** What stands outside of the command line: an issuer that mints for anybody, and routes that answer what a test wrote down. */
export async function fakeSystem(routes: Routes): Promise<FakeSystem> {
  const received: Received[] = [];
  const minted: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const { pathname } = new URL(request.url ?? '/', 'http://fake');
      const asker = minted[Number(/^Bearer token-(\d+)$/.exec(request.headers.authorization ?? '')?.[1])] ?? new URLSearchParams();
      const seen: Received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body, asker };
      if (pathname !== '/oidc/token') received.push(seen);
      const reply = pathname === '/oidc/token' ? mint(body, minted) : replyTo(routes[`${seen.method} ${pathname}`], seen);
      const type = reply.ndjson
        ? 'application/x-ndjson'
        : reply.status && reply.status >= 400
          ? 'application/problem+json'
          : 'application/json';
      response.writeHead(reply.status ?? 200, { 'content-type': `${type}; charset=utf-8` }).end(textOf(reply));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, received, close };
}

function mint(body: string, minted: URLSearchParams[]): Reply {
  const form = new URLSearchParams(body);
  if (form.get('role') === 'boss') return { status: 400, json: { error: 'invalid_request', error_description: 'claim-role' } };
  minted.push(form);
  return { json: { access_token: `token-${String(minted.length - 1)}`, token_type: 'Bearer' } };
}

const replyTo = (route: Routes[string] | undefined, received: Received): Reply =>
  route === undefined ? notFound : typeof route === 'function' ? route(received) : route;

const textOf = ({ json, ndjson, text }: Reply): string =>
  text ?? ndjson?.map((line) => `${JSON.stringify(line)}\n`).join('') ?? JSON.stringify(json);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
