import { headOf, traceIdOf } from '@isu/messaging';
import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';

interface Work {
  /** Whose work it is: the name of the service. */
  readonly service: string;
  /** In words of the trade, the same for every account and every file. */
  readonly name: string;
  readonly kind?: SpanKind;
  /** Counts and codes: never a stream, an amount, a reference or a name. */
  readonly attributes?: Attributes;
  /** What it belongs to, where that may be another trace than the one under way: a worker goes on with what a request began. */
  readonly correlation?: string;
}

/** A span around a piece of work, if an OpenTelemetry SDK is registered in the process; else nothing. */
export function inSpan<T>(
  { service, name, kind = SpanKind.INTERNAL, attributes = {}, correlation }: Work,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const under = belongingTo(correlation);
  const span = trace.getTracer(service).startSpan(name, { kind, attributes }, under);
  return context.with(trace.setSpan(under, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function belongingTo(correlation: string | undefined): Context {
  const active = context.active();
  const head = correlation === undefined ? undefined : headOf(correlation);
  if (!head || trace.getSpanContext(active)?.traceId === traceIdOf(correlation ?? '')) return active;
  return trace.setSpanContext(active, head);
}
