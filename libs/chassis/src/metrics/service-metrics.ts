import type { Metrics, MessagingCounter, MessagingDuration } from '@isu/messaging';
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const named = new WeakSet<Registry>();

/**
 * The series of one service. All services of a process write into the registry of its port, told apart by the label `service`,
 * so that a dashboard is the same in both hostings.
 */
export class ServiceMetrics implements Metrics {
  private readonly requests: Histogram;
  private readonly readings = new Map<string, () => Promise<number> | number>();

  constructor(
    private readonly registry: Registry,
    private readonly service: string,
  ) {
    if (!named.has(registry)) collectDefaultMetrics({ register: registry });
    named.add(registry);
    this.requests = this.histogram('isu_http_request_seconds', ['service', 'method', 'route', 'status'], requestBuckets);
  }

  request({ method, route, status, seconds }: AnsweredRequest): void {
    this.requests.observe({ service: this.service, method, route, status }, seconds);
  }

  /** A figure that is read when it is asked for: the length of a queue, an age in seconds. */
  gauge(name: string, help: string, read: () => Promise<number> | number): void {
    const gauge = (this.registry.getSingleMetric(name) as Gauge | undefined) ?? sharedGauge(this.registry, name, help);
    readersOf(gauge).set(this.service, read);
    this.readings.set(name, read);
  }

  count(name: MessagingCounter, by: number, labels: Readonly<Record<string, string>>): void {
    const counter =
      (this.registry.getSingleMetric(name) as Counter | undefined) ??
      new Counter({ name, help: name, labelNames: ['service', ...Object.keys(labels)], registers: [this.registry] });
    counter.inc({ service: this.service, ...labels }, by);
  }

  observe(name: MessagingDuration, seconds: number, labels: Readonly<Record<string, string>>): void {
    this.histogram(name, ['service', ...Object.keys(labels)]).observe({ service: this.service, ...labels }, seconds);
  }

  /** A stopped service says nothing any more. */
  close(): void {
    for (const name of this.readings.keys()) {
      const gauge = this.registry.getSingleMetric(name) as Gauge | undefined;
      if (!gauge) continue;
      readersOf(gauge).delete(this.service);
      gauge.remove({ service: this.service });
    }
  }

  private histogram(name: string, labelNames: string[], buckets?: number[]): Histogram {
    return (
      (this.registry.getSingleMetric(name) as Histogram | undefined) ??
      new Histogram({ name, help: name, labelNames, registers: [this.registry], ...(buckets ? { buckets } : {}) })
    );
  }
}

type Readers = Map<string, () => Promise<number> | number>;
const readers = new WeakMap<Gauge, Readers>();

function readersOf(gauge: Gauge): Readers {
  const known = readers.get(gauge) ?? new Map();
  readers.set(gauge, known);
  return known;
}

function sharedGauge(registry: Registry, name: string, help: string): Gauge {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: ['service'],
    registers: [registry],
    async collect() {
      // A reading that fails leaves a hole in the series, which is what happened.
      for (const [service, read] of readersOf(gauge)) {
        const value = await Promise.resolve(read()).catch(() => undefined);
        if (value === undefined) this.remove({ service });
        else this.set({ service }, value);
      }
    },
  });
  return gauge;
}
