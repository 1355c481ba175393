import { context, isSpanContextValid, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../logs/logger.js';
import type { ServiceMetrics } from '../metrics/service-metrics.js';
import { answerProblem } from '../problems/problem-filter.js';
import { refuse } from '../problems/standard-refusals.js';
import { callerOf, correlateWith, correlationOf } from '../requests/correlation.js';
import { apiHeaders } from './headers.js';

interface EntranceOptions {
  /** Whose door it is. */
  readonly name: string;
  readonly log: Logger;
  readonly metrics: ServiceMetrics;
  readonly production: boolean;
}

/**
 * What every request passes first: a correlation id, the security headers, a span when an OpenTelemetry SDK is registered, and
 * one log line at the end, with the route's pattern and never the address itself, which may hold anything.
 */
export function entrance({ name, log, metrics, production }: EntranceOptions) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const span = spanOf(name, request);
    if (isSpanContextValid(span.spanContext())) correlateWith(request, span.spanContext());
    const correlation = correlationOf(request);
    response.setHeader('x-correlation-id', correlation);
    for (const [name, value] of Object.entries(apiHeaders(production))) response.setHeader(name, value);

    response.once('close', () => {
      const [route, durationMs] = [routeOf(request), Math.round(performance.now() - startedAt)];
      metrics.request({ method: request.method, route, status: response.statusCode, seconds: durationMs / 1_000 });
      log.info({ correlation, method: request.method, route, status: response.statusCode, durationMs }, 'request');
      endSpan(span, { method: request.method, route, status: response.statusCode });
    });

    if (!isReadable(request.originalUrl)) return answerProblem(response, refuse('bad-request'), correlation);
    context.with(trace.setSpan(context.active(), span), next);
  };
}

/** The pattern that the router matched: `/api/collection/v1/accounts/:account/view`. */
function routeOf(request: Request): string {
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' && path.startsWith('/api/') ? path : '/unknown';
}

/** An address that is not UTF-8, or that hides a null character, means nothing to any route; PostgreSQL would stumble over it. */
function isReadable(url: string): boolean {
  if (url.length > 4_096) return false;
  try {
    return !decodeURIComponent(url.replaceAll('+', ' ')).includes('\0');
  } catch {
    return false;
  }
}

/** Goes on from the span of whoever asks. Whether it is recorded is our decision alone: the flag of a stranger neither forces nor forbids. */
function spanOf(name: string, request: Request): Span {
  const caller = callerOf(request);
  const under = caller ? trace.setSpanContext(context.active(), caller) : context.active();
  const attributes = { 'http.request.method': request.method };
  return trace.getTracer(name).startSpan(request.method, { kind: SpanKind.SERVER, attributes }, under);
}

function endSpan(span: Span, { method, route, status }: { method: string; route: string; status: number }): void {
  span.updateName(`${method} ${route}`);
  span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
