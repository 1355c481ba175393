import type { Metrics, MessagingCounter, MessagingDuration } from '@isu/messaging';
import { collectDefaultMetrics, Counter, Histogram, type Registry } from 'prom-client';
import { catalogue, type CounterName, type GaugeName, type HistogramName } from './catalogue.js';
import { ReadGauge, type Reading } from './read-gauge.js';

interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

type Labels = Readonly<Record<string, string>>;

const named = new WeakSet<Registry>();

/**
 * The series of one service. All services of a process write into the registry of its port, told apart by the label `service`,
 * so that a dashboard is the same in both hostings.
 */
export class ServiceMetrics implements Metrics {
  private readonly readings = new Set<ReadGauge>();

  constructor(
    private readonly registry: Registry,
    private readonly service: string,
  ) {
    if (!named.has(registry)) collectDefaultMetrics({ register: registry });
    named.add(registry);
    this.histogram('isu_http_request_seconds');
  }

  request({ method, route, status, seconds }: AnsweredRequest): void {
    this.histogram('isu_http_request_seconds').observe({ service: this.service, method, route, status }, seconds);
  }

  /** What became of spans on their way to the collector. */
  spans(outcome: 'sent' | 'lost', by: number): void {
    this.counter('isu_trace_spans_total').inc({ service: this.service, outcome }, by);
  }

  /** Somebody was turned away at the door. */
  denied(status: number): void {
    this.counter('isu_denials_total').inc({ service: this.service, status: String(status) });
  }

  accessAlarm(): void {
    this.counter('isu_access_alarms_total').inc({ service: this.service });
  }

  /** An attempt at a date of a job has ended. */
  jobEnded(job: string, outcome: string, seconds: number): void {
    this.counter('isu_job_runs_total').inc({ service: this.service, job, outcome });
    this.histogram('isu_job_run_seconds').observe({ service: this.service, job }, seconds);
  }

  /** A figure that is read when it is asked for: the length of a queue, an age in seconds; several when it has labels. */
  gauge(name: GaugeName, read: () => Promise<Reading> | Reading): void {
    const gauge = (this.registry.getSingleMetric(name) as ReadGauge | undefined) ?? new ReadGauge(this.registry, describedAs(name));
    gauge.readBy(this.service, read);
    this.readings.add(gauge);
  }

  count(name: MessagingCounter, by: number, labels: Labels): void {
    this.counter(name).inc({ service: this.service, ...labels }, by);
  }

  observe(name: MessagingDuration | 'isu_payment_to_rights_seconds', seconds: number, labels: Labels = {}): void {
    this.histogram(name).observe({ service: this.service, ...labels }, seconds);
  }

  /** A stopped service says nothing any more. */
  close(): void {
    for (const gauge of this.readings) gauge.forget(this.service);
  }

  private counter(name: CounterName): Counter {
    return (
      (this.registry.getSingleMetric(name) as Counter | undefined) ?? new Counter({ ...describedAs(name), registers: [this.registry] })
    );
  }

  private histogram(name: HistogramName): Histogram {
    const known = this.registry.getSingleMetric(name) as Histogram | undefined;
    return known ?? new Histogram({ ...describedAs(name), buckets: [...catalogue[name].buckets], registers: [this.registry] });
  }
}

const describedAs = (name: GaugeName | CounterName | HistogramName) => ({
  name,
  help: catalogue[name].help,
  labelNames: ['service', ...catalogue[name].labels],
});
