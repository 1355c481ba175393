/** Fields of a log line: names, counts, codes. Never a payload, never a value received. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What messaging needs of a logger; pino fits. */
export interface Logger {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Counters and durations, told as they happen; the chassis turns them into Prometheus series. */
export interface Metrics {
  count(name: MessagingCounter, by: number, labels: Readonly<Record<string, string>>): void;
  /** Seconds. */
  observe(name: MessagingDuration, seconds: number, labels: Readonly<Record<string, string>>): void;
}

export type MessagingCounter =
  | 'isu_outbox_sent_total'
  | 'isu_outbox_failures_total'
  | 'isu_inbox_facts_total'
  | 'isu_inbox_waits_total'
  | 'isu_messaging_alarms_total';

export type MessagingDuration = 'isu_inbox_run_seconds' | 'isu_outbox_batch_seconds';

export const noMetrics: Metrics = { count: () => undefined, observe: () => undefined };

/** What a person must look at: the chassis routes the counter to the alert. */
export type Alarm =
  | 'fork'
  | 'parked'
  | 'unreadable'
  | 'gap-persists'
  | 'relay-blocked'
  | 'lane-broken'
  | 'lane-stuck'
  | 'consumer-out'
  | 'topics-lost'
  | 'author-diverged'
  | 'reader-behind';

export interface Observer {
  readonly log: Logger;
  readonly metrics?: Metrics;
}

export function raiseAlarm(
  { log, metrics = noMetrics }: Observer,
  alarm: Alarm,
  { fields, message }: { fields: LogFields; message: string },
): void {
  metrics.count('isu_messaging_alarms_total', 1, { alarm });
  log.error({ ...fields, alarm }, message);
}
