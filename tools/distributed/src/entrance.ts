import { createServer, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemMediaType } from '@isu/chassis';
import type { Instance } from './instance.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

interface EntranceSettings {
  readonly instances: readonly Instance[];
  /** What stands under `/oidc`. */
  readonly issuer: Handle;
}

/** Nobody is waited for longer: whoever asks sees that nothing is known, and asks again. */
const patienceMs = 60_000;

/**
 * One address before all instances, as a load balancer is in production: each request goes to the next running instance of the
 * service it names. An instance that refuses the connection or says that it is not there yet has done nothing, so the next is asked; any
 * other failure is told to the asker, who knows how to repeat.
 */
export class Entrance {
  private readonly server: Server;
  private turn = 0;

  constructor(private readonly settings: EntranceSettings) {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path.startsWith('/oidc')) return this.settings.issuer(request, response);
    const service = /^\/api\/([a-z-]+)\//.exec(path)?.[1];
    const running = this.settings.instances.filter((instance) => instance.service === service && instance.isServing);
    this.turn += 1;
    try {
      const content = await contentOf(request);
      for (const [tried] of running.entries()) {
        const instance = running[(this.turn + tried) % running.length];
        if (instance && (await pass({ request, response, content, instance, isLast: tried === running.length - 1 }))) return;
      }
      refuse(response, 503);
    } catch {
      refuse(response, 502);
    }
  }
}

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly content: Buffer;
  readonly instance: Instance;
  readonly isLast: boolean;
}

/** False when another instance may be asked. */
function pass({ request, response, content, instance, isLast }: Passage): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers: OutgoingHttpHeaders = { ...request.headers, 'content-length': content.length };
    delete headers['transfer-encoding'];
    const asked = ask(
      `${instance.url}${request.url ?? '/'}`,
      { method: request.method, headers, timeout: patienceMs, agent: false },
      (answer) => {
        if (answer.statusCode === 503 && !isLast) {
          answer.resume();
          return resolve(false);
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.once('end', () => resolve(true));
        answer.once('error', reject);
        answer.once('aborted', () => reject(new Error('cut off')));
      },
    );
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('error', (fault: NodeJS.ErrnoException) => (fault.code === 'ECONNREFUSED' ? resolve(false) : reject(fault)));
    asked.end(content);
  });
}

async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  const problem = { type: 'about:blank', status, code: 'unavailable', title: 'Service momentanément indisponible' };
  response.writeHead(status, { 'content-type': problemMediaType }).end(JSON.stringify(problem));
}
