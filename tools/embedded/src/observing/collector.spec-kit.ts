import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came over OTLP/HTTP (JSON), with the service that says it. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly kind: number;
}

type Attributes = { key: string; value: { stringValue?: string } }[];
interface Sent {
  readonly resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: (Omit<ReceivedSpan, 'service'> & object)[] }[] }[];
}

/** A collector of spans: a real HTTP server that keeps what it is sent, and can be made to fail. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  /** Every body, as it came: to look for what must not be there. */
  text = '';
  fails = false;
  asked = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Collector> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const collector = new Collector(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        collector.asked += 1;
        if (request.url === '/v1/traces' && !collector.fails) collector.keep(text);
        response.writeHead(collector.fails ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    return collector;
  }

  of(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private keep(text: string): void {
    this.text += text;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Sent).resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { spans } of scopeSpans) for (const span of spans) this.spans.push({ ...span, service });
    }
  }
}
