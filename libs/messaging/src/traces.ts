import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import type { Fact } from '@isu/contracts';
import { headOf, spanIn, traceHeader, traceIdOf, traceparent } from './trace-context.js';

/**
 * The traces of facts, told to OpenTelemetry's interface alone: where no SDK is registered, all of this does nothing. Spans hold
 * types and counts, never a stream, an amount or a reference. One span stands for all facts of a run that share type and trace: a
 * batch of a hundred thousand payments is some hundreds of spans, not a million.
 */

/** The spans under which facts are being applied, by trace id: what their handlers write goes on from there. */
const applied = createContextKey('isu facts being applied');

/** The span that a fact about to be written goes on from, as text for the outbox; null when none is recorded. */
export function traceOfWriting({ correlation }: Pick<Fact, 'correlation'>): string | null {
  const active = context.active();
  const traceId = traceIdOf(correlation);
  const byTrace = active.getValue(applied) as ReadonlyMap<string, Span> | undefined;
  const span = byTrace?.get(traceId) ?? trace.getSpan(active);
  const writing = span?.isRecording() ? span.spanContext() : undefined;
  return writing?.traceId === traceId ? traceparent(writing) : null;
}

/** The trace that the work under way belongs to, if it is recorded: facts written without a correlation join it. */
export function traceUnderWay(): string | undefined {
  const span = trace.getSpan(context.active());
  return span?.isRecording() ? span.spanContext().traceId : undefined;
}

interface Leaving {
  readonly type: string;
  readonly topic: string;
  readonly traceparent: string | null;
}

/** Sends a batch under one span for each type and trace, and hands over the header that each fact carries. */
export async function underSendSpans<T extends Leaving>(
  author: string,
  facts: readonly T[],
  send: (headerOf: (fact: T) => Readonly<Record<string, string>> | undefined) => Promise<void>,
): Promise<void> {
  const runs = grouped(facts, (fact) => spanIn(fact.traceparent));
  const spans = new Map<T, string>();
  const started = runs.map(({ type, parents, members }) => {
    const attributes = { 'messaging.destination.name': members[0]?.topic, 'isu.facts': members.length };
    const span = spanFrom({ author, name: `send ${type}`, kind: SpanKind.PRODUCER, attributes }, parents);
    // Where spans are not recorded the fact keeps the header that it has: whoever records them further on joins there.
    const own = traceparent(span.spanContext());
    for (const fact of members) spans.set(fact, own);
    return span;
  });
  await ending(started, () =>
    send((fact) => {
      const header = spans.get(fact);
      return header === undefined ? undefined : { [traceHeader]: header };
    }),
  );
}

interface Applied {
  readonly fact: Fact;
  readonly traceparent?: string | undefined;
}

/** Applies a run of facts of one type under one span for each trace; what is written meanwhile in one of these goes on from its span. */
export async function underApplySpans(consumer: string, arrivals: readonly Applied[], apply: () => Promise<void>): Promise<void> {
  const facts = arrivals.map(({ fact, traceparent: header }) => ({ type: fact.type, correlation: fact.correlation, header }));
  const runs = grouped(facts, parentOf);
  const spans = runs.map(({ type, parents, members }) =>
    spanFrom({ author: consumer, name: `apply ${type}`, kind: SpanKind.CONSUMER, attributes: { 'isu.facts': members.length } }, parents),
  );
  if (!spans.some((span) => span.isRecording())) return apply();
  const byTrace = new Map(spans.map((span) => [span.spanContext().traceId, span]));
  const [only] = spans;
  const under = context.active().setValue(applied, byTrace);
  await ending(spans, () => context.with(spans.length === 1 && only ? trace.setSpan(under, only) : under, apply));
}

/** A header of another trace than the fact's own is not believed: the fact says which story it belongs to. */
function parentOf({ correlation, header }: { correlation: string; header: string | undefined }): SpanContext | undefined {
  const said = spanIn(header);
  return said?.traceId === traceIdOf(correlation) ? said : headOf(correlation);
}

interface TracedRun<T> {
  readonly type: string;
  /** Of one trace; the first is the parent, the others are linked. */
  readonly parents: SpanContext[];
  readonly members: T[];
}

function grouped<T extends { readonly type: string }>(facts: readonly T[], parent: (fact: T) => SpanContext | undefined): TracedRun<T>[] {
  const runs = new Map<string, TracedRun<T>>();
  for (const fact of facts) {
    const span = parent(fact);
    if (!span) continue;
    const key = `${fact.type} ${span.traceId}`;
    const run = runs.get(key) ?? { type: shortName(fact.type), parents: [], members: [] };
    runs.set(key, run);
    run.members.push(fact);
    if (!run.parents.some(({ spanId }) => spanId === span.spanId)) run.parents.push(span);
  }
  return [...runs.values()];
}

/** `payment-posted` of `collection.payment-posted.v1`: how people speak of it. */
const shortName = (type: string): string => type.split('.')[1] ?? type;

interface SpanWanted {
  readonly author: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

function spanFrom({ author, name, kind, attributes }: SpanWanted, [parent, ...others]: readonly SpanContext[]): Span {
  const links = others.map((other): Link => ({ context: other }));
  const under: Context = parent ? trace.setSpanContext(context.active(), parent) : context.active();
  return trace.getTracer(author).startSpan(name, { kind, attributes, links }, under);
}

async function ending(spans: readonly Span[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    for (const span of spans) span.setStatus({ code: SpanStatusCode.ERROR });
    throw fault;
  } finally {
    for (const span of spans) span.end();
  }
}
