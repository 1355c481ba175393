import { isSpanContextValid, TraceFlags, type SpanContext } from '@opentelemetry/api';

/** The header under which a fact's trace travels beside its bytes (W3C Trace Context), on the bus as over HTTP. */
export const traceHeader = 'traceparent';

const form = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A correlation is a trace id written as a UUID. */
export const traceIdOf = (correlation: string): string => correlation.replaceAll('-', '');

export const correlationIn = (traceId: string): string =>
  [traceId.slice(0, 8), traceId.slice(8, 12), traceId.slice(12, 16), traceId.slice(16, 20), traceId.slice(20)].join('-');

export const traceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** The span that a header names, or undefined when it names none. */
export function spanIn(header: string | null | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = form.exec(header ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(span) ? span : undefined;
}

/**
 * The parent of what a correlation causes when nobody says which span it was: the one that would stand at the head of the trace.
 * So a fact that was asked for over REST, tried again or sent again a year later still joins its trace.
 */
export function headOf(correlation: string): SpanContext | undefined {
  const traceId = traceIdOf(correlation);
  const head = { traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.NONE, isRemote: true };
  return isSpanContextValid(head) ? head : undefined;
}
