import { context, propagation, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../logs/logger.js';
import type { ServiceMetrics } from '../metrics/service-metrics.js';
import { answerProblem } from '../problems/problem-filter.js';
import { refuse } from '../problems/standard-refusals.js';
import { correlationOf } from '../requests/correlation.js';
import { apiHeaders } from './headers.js';

interface EntranceOptions {
  readonly log: Logger;
  readonly metrics: ServiceMetrics;
  readonly production: boolean;
}

/**
 * What every request passes first: a correlation id, the security headers, a span when an OpenTelemetry SDK is registered, and
 * one log line at the end, with the route's pattern and never the address itself, which may hold anything.
 */
export function entrance({ log, metrics, production }: EntranceOptions) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const correlation = correlationOf(request);
    response.setHeader('x-correlation-id', correlation);
    for (const [name, value] of Object.entries(apiHeaders(production))) response.setHeader(name, value);

    const parent = propagation.extract(context.active(), request.headers);
    const span = trace
      .getTracer('isu')
      .startSpan(`HTTP ${request.method}`, { kind: SpanKind.SERVER, attributes: { 'isu.correlation': correlation } }, parent);
    response.once('close', () => {
      const [route, durationMs] = [routeOf(request), Math.round(performance.now() - startedAt)];
      metrics.request({ method: request.method, route, status: response.statusCode, seconds: durationMs / 1_000 });
      log.info({ correlation, method: request.method, route, status: response.statusCode, durationMs }, 'request');
      endSpan(span, route, response.statusCode);
    });

    if (!isReadable(request.originalUrl)) return answerProblem(response, refuse('bad-request'), correlation);
    context.with(trace.setSpan(parent, span), next);
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

function endSpan(span: Span, route: string, status: number): void {
  span.updateName(route);
  span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
