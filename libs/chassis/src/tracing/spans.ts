import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

interface Work {
  /** Whose work it is: the name of the service. */
  readonly service: string;
  /** In words of the trade, the same for every account and every file. */
  readonly name: string;
  readonly kind?: SpanKind;
  /** Counts and codes: never a stream, an amount, a reference or a name. */
  readonly attributes?: Attributes;
}

/** A span around a piece of work, if an OpenTelemetry SDK is registered in the process; else nothing. */
export function inSpan<T>(
  { service, name, kind = SpanKind.INTERNAL, attributes = {} }: Work,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = trace.getTracer(service).startSpan(name, { kind, attributes });
  return context.with(trace.setSpan(context.active(), span), async () => {
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
