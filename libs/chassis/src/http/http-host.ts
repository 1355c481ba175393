import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import type { Readiness } from '../health/readiness.js';
import { problemMediaType, type Problem } from '../problems/problem.js';
import { problemOf } from '../problems/problem-of.js';
import { refuse, unavailable } from '../problems/standard-refusals.js';
import { correlationOf } from '../requests/correlation.js';
import { apiHeaders } from './headers.js';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** What stands under a prefix of the port: a service's routes, and how it feels. */
export interface Mount {
  readonly name: string;
  /** `/api/collection`; without a final slash. */
  readonly prefix: string;
  readonly handle: RequestHandler;
  ready(): Promise<Readiness>;
}

interface HttpHostOptions {
  /** Names of what must be mounted before the process is ready; default: at least one thing. */
  readonly expects?: readonly string[];
  readonly production?: boolean;
  /** How long a client may take to send its head. */
  readonly headersTimeoutMs?: number;
}

/** What can be said to a client whose request never became one. */
const unreadable: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** An idle connection outlasts what proxies keep theirs (60 s as a rule): closed first here, it could be closed while a request is being sent on it. */
const keepAliveTimeout = 65_000;

/** How long requests under way may take once something stops. */
const drainMs = 5_000;

/**
 * One HTTP port, shared by all that is mounted on it: one service in a process of its own, all of them in the embedded mode.
 * `/health/live`, `/health/ready` and `/metrics` speak for the whole process; what is under no prefix goes to the root handler.
 */
export class HttpHost {
  readonly registry = new Registry();
  private readonly mounts = new Map<string, Mount>();
  private readonly underWay = new Map<string, number>();
  private readonly server: Server;
  private root: RequestHandler | undefined;
  private closing = false;

  constructor(private readonly options: HttpHostOptions = {}) {
    // A client that sends its head or its body drop by drop is let go; Node looks at its clients at this interval only.
    const { headersTimeoutMs = 10_000 } = options;
    const limits = { headersTimeout: headersTimeoutMs, requestTimeout: 60_000, keepAliveTimeout, connectionsCheckingInterval: 500 };
    this.server = createServer({ maxHeaderSize: 16 * 1024, ...limits }, (request, response) => this.route(request, response));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const status = unreadable[error.code ?? ''] ?? '400 Bad Request';
      if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
  }

  /** Returns what takes it away again: new requests are turned down at once, those under way are waited for. */
  mount(mount: Mount): () => Promise<void> {
    if (this.mounts.has(mount.prefix)) throw new Error(`Two mounts want ${mount.prefix}.`);
    this.mounts.set(mount.prefix, mount);
    return async () => {
      this.mounts.delete(mount.prefix);
      const limit = performance.now() + drainMs;
      while ((this.underWay.get(mount.prefix) ?? 0) > 0 && performance.now() < limit) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
  }

  /** For what has no prefix of its own: the portal, the welcome page. */
  mountRoot(handle: RequestHandler): void {
    this.root = handle;
  }

  /** Port 0 takes a free one; the answer says which. */
  listen(port: number, hostname = '0.0.0.0'): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, hostname, () => {
        this.server.off('error', reject);
        resolve(this.server.address() as AddressInfo);
      });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const impatient = setTimeout(() => this.server.closeAllConnections(), drainMs);
    await closed;
    clearTimeout(impatient);
  }

  private route(request: IncomingMessage, response: ServerResponse): void {
    if (this.closing) response.setHeader('connection', 'close');
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const mount = [...this.mounts.values()].find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    if (mount) return this.count(mount, request, response);

    if (path === '/health/live') return this.answer(response, 200, { status: 'alive' });
    if (path === '/health/ready') return void this.answerReady(response);
    if (path === '/metrics') return void this.answerMetrics(response);
    if (this.root && !path.startsWith('/api/')) return this.root(request, response);
    const correlation = correlationOf(request);
    this.answer(response, path.startsWith('/api/') && this.starting() ? 503 : 404, undefined, correlation);
  }

  private count(mount: Mount, request: IncomingMessage, response: ServerResponse): void {
    const add = (by: number) => this.underWay.set(mount.prefix, (this.underWay.get(mount.prefix) ?? 0) + by);
    add(1);
    response.once('close', () => add(-1));
    mount.handle(request, response);
  }

  private starting(): boolean {
    const mounted = [...this.mounts.values()].map(({ name }) => name);
    return mounted.length === 0 || (this.options.expects ?? []).some((name) => !mounted.includes(name));
  }

  private async answerReady(response: ServerResponse): Promise<void> {
    const states = await Promise.all([...this.mounts.values()].map(async (mount) => [mount.name, await mount.ready()] as const));
    const ready = !this.closing && !this.starting() && states.every(([, { ready }]) => ready);
    const services = Object.fromEntries(states.map(([name, { checks }]) => [name, checks]));
    this.answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not-ready', services });
  }

  private async answerMetrics(response: ServerResponse): Promise<void> {
    const text = await this.registry.metrics().catch(() => undefined);
    if (text === undefined) return this.answer(response, 503, undefined, '');
    response.writeHead(200, { 'content-type': this.registry.contentType, 'cache-control': 'no-store' }).end(text);
  }

  private answer(response: ServerResponse, status: number, content: object | undefined, correlation = ''): void {
    const body: object | Problem = content ?? problemOf(status === 503 ? unavailable() : refuse('not-found'), correlation);
    response
      .writeHead(status, { ...apiHeaders(this.options.production), 'content-type': content ? 'application/json' : problemMediaType })
      .end(JSON.stringify(body));
  }
}
