import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { correlationIn, spanIn, traceHeader, traceIdOf, traceparent } from '@isu/messaging';
import { context, isSpanContextValid, trace, type SpanContext } from '@opentelemetry/api';

const key = Symbol('isu:correlation');

type Correlated = IncomingMessage & { [key]?: string };

/**
 * The one trace that a request belongs to, from the browser to the last fact it causes: the trace id of the W3C `traceparent`
 * header written as a UUID, else a new one. Facts drafted for the request carry it.
 */
export function correlationOf(request: IncomingMessage): string {
  const correlated = request as Correlated;
  const caller = callerOf(request);
  correlated[key] ??= caller ? correlationIn(caller.traceId) : randomUUID();
  return correlated[key];
}

/** A request that nobody gave a trace to gets that of its span, when spans are recorded. */
export function correlateWith(request: IncomingMessage, span: SpanContext): void {
  (request as Correlated)[key] ??= correlationIn(span.traceId);
}

/** The span that asked, as the caller says. Several such headers say nothing. */
export function callerOf({ headers }: IncomingMessage): SpanContext | undefined {
  const header = headers[traceHeader];
  return typeof header === 'string' ? spanIn(header) : undefined;
}

/**
 * The header to send along when a request causes another one: the span under way when it belongs to that correlation, else one made up
 * for it, which nobody records.
 */
export function traceparentOf(correlation: string): string {
  const active = trace.getSpanContext(context.active());
  if (active?.traceId === traceIdOf(correlation)) return traceparent(active);
  const spanId = randomUUID().replaceAll('-', '').slice(0, 16);
  return traceparent({ traceId: traceIdOf(correlation), spanId, traceFlags: 0 });
}

/** That of the span under way; undefined where none is recorded. */
export function correlationUnderWay(): string | undefined {
  const active = trace.getSpanContext(context.active());
  return active && isSpanContextValid(active) ? correlationIn(active.traceId) : undefined;
}
