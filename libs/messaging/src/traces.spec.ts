import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';
import type { Fact } from '@isu/contracts';
import { correlationIn, headOf, spanIn, traceIdOf, traceparent } from './trace-context.js';
import { traceOfWriting, traceUnderWay, underApplySpans, underSendSpans } from './traces.js';

const correlation = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
const other = '01890a5d-ac96-774b-bcce-b302099a8057';
const sent = `00-${traceIdOf(correlation)}-00f067aa0ba902b7-01`;
const factOf = (of: string, type = 'urssaf-sync.payment-reported.v1') =>
  ({ correlation: of, type, subject: '1300000001237' }) as unknown as Fact;

describe('a correlation is a trace id', () => {
  it('and back', () => {
    expect(correlationIn(traceIdOf(correlation))).toBe(correlation);
    expect(traceparent(spanIn(sent)!)).toBe(sent);
    expect(headOf(other)?.traceId).toBe(traceIdOf(other));
  });

  it.each(['', 'nonsense', sent.replace('00f067aa0ba902b7', '0000000000000000'), sent.slice(0, -1), `${sent}-more`, sent.toUpperCase()])(
    'I8 a header %j names no span',
    (header) => expect(spanIn(header)).toBeUndefined(),
  );

  it('I8 a correlation of zeros has no trace, and is applied all the same', async () => {
    const zeros = '00000000-0000-0000-0000-000000000000';
    expect(headOf(zeros)).toBeUndefined();
    let applied = false;
    await underApplySpans('benefits', [{ fact: factOf(zeros) }], async () => void (applied = true));
    expect(applied).toBe(true);
  });
});

describe('where no SDK is registered', () => {
  it('facts are written without a trace, and what others said of it is handed on', async () => {
    expect(traceUnderWay()).toBeUndefined();
    await underApplySpans('collection', [{ fact: factOf(correlation), traceparent: sent }], async () => {
      expect(traceOfWriting({ correlation })).toBeNull();
    });
    const headers: unknown[] = [];
    const facts = [
      { type: 'collection.payment-posted.v1', topic: 'isu.collection', traceparent: sent },
      { type: 'collection.payment-posted.v1', topic: 'isu.collection', traceparent: null },
    ];
    await underSendSpans('collection', facts, async (headerOf) => void headers.push(...facts.map(headerOf)));
    expect(headers).toEqual([{ traceparent: sent }, undefined]);
  });
});

describe('where spans are recorded', () => {
  const kept = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)], sampler: new TraceIdRatioBasedSampler(1) });
  beforeAll(() => provider.register());
  beforeEach(() => kept.reset());
  afterAll(async () => {
    trace.disable();
    context.disable();
    await provider.shutdown();
  });

  it('a run is one span for each trace, under the span that sent it, and what its handler writes goes on from there', async () => {
    const arrivals = [
      { fact: factOf(correlation), traceparent: sent },
      { fact: factOf(correlation), traceparent: sent },
      { fact: factOf(other) },
    ];
    const writing: (string | null)[] = [];
    await underApplySpans('collection', arrivals, async () => {
      writing.push(traceOfWriting({ correlation }), traceOfWriting({ correlation: other }));
    });
    const spans = kept.getFinishedSpans();
    expect(spans.map(({ name, attributes }) => [name, attributes['isu.facts']])).toEqual([
      ['apply payment-reported', 2],
      ['apply payment-reported', 1],
    ]);
    expect(spans.map((span) => span.spanContext().traceId)).toEqual([correlation, other].map(traceIdOf));
    expect(spans[0]?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
    expect(writing).toEqual(spans.map((span) => traceparent(span.spanContext())));
    expect(JSON.stringify(spans.map(({ name, attributes }) => [name, attributes]))).not.toContain('1300000001237');
  });

  it('a header of another trace than the fact says is not believed', async () => {
    await underApplySpans('collection', [{ fact: factOf(other), traceparent: sent }], async () => undefined);
    expect(kept.getFinishedSpans().map((span) => span.spanContext().traceId)).toEqual([traceIdOf(other)]);
  });

  it('what is sent together and belongs together is one span, linked to all that wrote it', async () => {
    const second = sent.replace('00f067aa0ba902b7', 'aaaaaaaaaaaaaaaa');
    const facts = [sent, second, null].map((traceparent) => ({
      type: 'urssaf-sync.payment-reported.v1',
      topic: 'isu.urssaf-sync',
      traceparent,
    }));
    const headers: unknown[] = [];
    await underSendSpans('urssaf-sync', facts, async (headerOf) => void headers.push(...facts.map(headerOf)));
    const [span, ...more] = kept.getFinishedSpans();
    expect(more).toEqual([]);
    expect([span?.name, span?.parentSpanContext?.spanId, span?.links.map((link) => link.context.spanId)]).toEqual([
      'send payment-reported',
      '00f067aa0ba902b7',
      ['aaaaaaaaaaaaaaaa'],
    ]);
    const own = { traceparent: traceparent(span!.spanContext()) };
    expect(headers).toEqual([own, own, undefined]);
  });

  it('a handler that throws marks its span, and throws on', async () => {
    const failing = underApplySpans('collection', [{ fact: factOf(correlation) }], () => Promise.reject(new TypeError('broken')));
    await expect(failing).rejects.toThrow(TypeError);
    expect(kept.getFinishedSpans().map(({ status }) => status.code)).toEqual([2]);
  });

  it('facts written without a correlation join the trace of the work under way', () => {
    const span = trace.getTracer('affiliation').startSpan('POST /x');
    context.with(trace.setSpan(context.active(), span), () => expect(traceUnderWay()).toBe(span.spanContext().traceId));
    span.end();
  });
});
