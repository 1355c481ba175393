import { SpanStatusCode, trace } from '@opentelemetry/api';

/** A span around a piece of work, if an OpenTelemetry SDK is registered in the process; else nothing. It holds counts, never content. */
export function inSpan<T>(name: string, count: number, work: () => Promise<T>): Promise<T> {
  return trace.getTracer('isu').startActiveSpan(name, { attributes: { 'isu.count': count } }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
