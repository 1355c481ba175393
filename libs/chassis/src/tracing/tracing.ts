import { context, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Logger } from '../logs/logger.js';
import type { TracingSettings } from './tracing-settings.js';

/** The spans of one process on their way to the collector. */
export interface Tracing {
  readonly isOn: boolean;
  /** Sends what is kept; never fails. */
  flush(): Promise<void>;
  /** Sends what is kept, for three seconds at most, and records nothing any more. */
  stop(): Promise<void>;
}

interface TracingParts {
  readonly settings: TracingSettings;
  readonly log: Logger;
  /** Hears how many spans the collector took, or lost. */
  readonly count?: (outcome: 'sent' | 'lost', spans: number) => void;
}

const off: Tracing = { isOn: false, flush: () => Promise.resolve(), stop: () => Promise.resolve() };

const sendEveryMs = 2_000;
const sendWithinMs = 5_000;
const stopWithinMs = 3_000;
/** What waits beyond it is lost: the collector's trouble must not fill our memory. */
const mostWaiting = 8_192;

/**
 * Registers OpenTelemetry's SDK for the process, once, if the settings name a collector; every service of the process has a tracer under
 * its own name, and its spans say `service.name = isu-<service>`. The SDK is loaded only then.
 */
export async function startTracing({ settings, log, count = () => undefined }: TracingParts): Promise<Tracing> {
  const { otlpUrl, otlpHeaders, traceRatio } = settings;
  if (otlpUrl === undefined) return off;
  const [sdk, { OTLPTraceExporter }, { serviceProviders }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('./service-providers.js'),
  ]);
  const url = `${otlpUrl.replace(/\/$/, '')}/v1/traces`;
  const collector = new OTLPTraceExporter({ url, headers: headersIn(otlpHeaders), timeoutMillis: sendWithinMs });
  const processor = new sdk.BatchSpanProcessor(heeding(collector, log, count), {
    ...{ maxQueueSize: mostWaiting, maxExportBatchSize: 512 },
    ...{ scheduledDelayMillis: sendEveryMs, exportTimeoutMillis: sendWithinMs },
  });
  serviceProviders(processor, new sdk.TraceIdRatioBasedSampler(Number(traceRatio))).register({ propagator: null });
  log.info({}, 'spans are recorded');
  return {
    isOn: true,
    flush: () => processor.forceFlush().catch(() => undefined),
    stop: async () => {
      trace.disable();
      context.disable();
      await within(stopWithinMs, processor.shutdown());
    },
  };
}

/** Counts what becomes of spans, and says once that the collector is away, and once that it is back. */
function heeding(collector: SpanExporter, log: Logger, count: (outcome: 'sent' | 'lost', spans: number) => void): SpanExporter {
  let isAway = false;
  return {
    export: (spans, done) =>
      collector.export(spans, (result) => {
        const isLost = result.error !== undefined || result.code !== 0;
        count(isLost ? 'lost' : 'sent', spans.length);
        if (isLost && !isAway) log.warn({}, 'the collector of spans cannot be reached; they are lost until it is back');
        if (!isLost && isAway) log.info({}, 'the collector of spans is back');
        isAway = isLost;
        // For the processor all is well: what is lost is counted here, and nothing else shall be said of it.
        done({ code: 0 });
      }),
    forceFlush: () => collector.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => collector.shutdown(),
  };
}

const headersIn = (text = ''): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]),
  );

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
