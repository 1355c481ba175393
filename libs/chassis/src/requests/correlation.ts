import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const key = Symbol('isu:correlation');
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

type Correlated = IncomingMessage & { [key]?: string };

/**
 * The one trace that a request belongs to, from the browser to the last fact it causes: the trace id of the W3C `traceparent`
 * header written as a UUID, else a new one. Facts drafted for the request carry it.
 */
export function correlationOf(request: IncomingMessage): string {
  const correlated = request as Correlated;
  correlated[key] ??= fromTraceparent(request.headers['traceparent']) ?? randomUUID();
  return correlated[key];
}

/** The header to send along when a request causes another one. The parent span is a new one: we keep no spans of our own. */
export const traceparentOf = (correlation: string): string =>
  `00-${correlation.replaceAll('-', '')}-${randomUUID().replaceAll('-', '').slice(0, 16)}-01`;

function fromTraceparent(header: string | string[] | undefined): string | undefined {
  const trace = typeof header === 'string' ? traceparent.exec(header)?.[1] : undefined;
  if (trace === undefined || /^0+$/.test(trace)) return undefined;
  return [trace.slice(0, 8), trace.slice(8, 12), trace.slice(12, 16), trace.slice(16, 20), trace.slice(20)].join('-');
}
