/**
 * Every series that this system measures itself, in one place: the code can write no other, dashboards and alerts may name no other, and
 * docs/operations.md tells the same. All bear the label `service`; seconds and bytes are the units. Labels have few values, all
 * given by the code: never an account, a person or a file.
 */
export const catalogue = {
  isu_http_request_seconds: histogram(
    'Requests answered, by route template',
    ['method', 'route', 'status'],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  ),
  isu_payment_to_rights_seconds: histogram(
    'From the partner’s line accepted to the rights it changes: one observation a payment (N4)',
    [],
    [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 300, 3_600, 86_400],
  ),

  isu_outbox_unsent: gauge('Facts written and not sent yet'),
  isu_outbox_age_seconds: gauge('Age of the oldest fact not sent yet'),
  isu_outbox_sent_total: counter('Facts sent to the bus', ['author']),
  isu_outbox_failures_total: counter('Batches that the bus did not take', ['author']),
  isu_outbox_batch_seconds: histogram(
    'From a batch taken to its facts marked as sent',
    ['author'],
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  ),
  isu_relay_leading: gauge('1 in the process whose relay sends, 0 in those that wait for their turn'),
  isu_relay_blocked: gauge('1 while the bus refuses the oldest fact for itself'),

  isu_inbox_lag: gauge('Facts on the bus that this consumer has not settled yet, by author', ['author']),
  isu_inbox_facts_total: counter('Facts settled by this consumer: applied, duplicate, or set aside', ['consumer', 'outcome']),
  isu_inbox_waits_total: counter('Times a lane had to wait for its database', ['consumer']),
  isu_inbox_run_seconds: histogram(
    'One run of facts settled in one transaction',
    ['consumer'],
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  ),
  isu_set_aside: gauge('Facts that could not be applied yet, by what they wait for', ['state']),
  isu_set_aside_streams: gauge('Accounts and flows that have facts set aside'),
  isu_set_aside_age_seconds: gauge('Age of the oldest fact set aside'),
  isu_messaging_alarms_total: counter('Alarms raised: somebody must look', ['alarm']),

  isu_fingerprint_lag_seconds: gauge('Age of the oldest fact that no stored fingerprint counts yet'),
  isu_journal_unsealed: gauge('Journal entries that no link of the chain holds yet'),
  isu_journal_lag_seconds: gauge('Age of the oldest journal entry that no link of the chain holds yet'),
  isu_exchange_journal_unsealed: gauge('Exchange journal entries that no link of the chain holds yet'),
  isu_exchange_journal_lag_seconds: gauge('Age of the oldest exchange journal entry that no link of the chain holds yet'),

  isu_job_days_behind: gauge('Days since the oldest date of a job that could have been done and has no outcome, 0 when none is owed', [
    'job',
  ]),
  isu_job_runs_total: counter('Attempts at a date of a job, by how they ended', ['job', 'outcome']),
  isu_job_run_seconds: histogram('One attempt at a date of a job', ['job'], [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400]),

  isu_denials_total: counter('Requests turned away: 401 without a good token, 403 a closed function, 404 out of reach', ['status']),
  isu_access_alarms_total: counter('Askers who opened more than 200 accounts within an hour', []),

  isu_flow_gaps: gauge('Batches of a partner that are missing, by flow', ['flow']),
  isu_flow_unacknowledged: gauge('Batches of ours that the partner has not acknowledged, by flow', ['flow']),
  isu_flow_days_behind: gauge('Days by which a partner’s flow is later than its calendar allows, 0 when it is not', ['flow']),

  isu_money_to_match: gauge('Payments received that wait for their owner'),
  isu_money_to_match_days: gauge('Days since the oldest of these payments was received, 0 when none waits'),

  isu_anomalies_open: gauge('Differences between the two organisations that wait to be settled, by kind', ['type']),
  isu_corrections_made: gauge('Corrections by hand that a second person of the cell approved, by kind', ['kind']),
  isu_copies_diverged: gauge('Accounts whose copies rest on the same facts and are not the same: a hard stop'),

  isu_pool_connections: gauge('Connections of the pool, by state', ['state']),
  isu_pool_size: gauge('Connections that the pool may open'),
  isu_pool_waiting: gauge('Requests that wait for a connection'),
  isu_mails_waiting: gauge('E-mails that the portal has written and not sent yet'),
  isu_password_computations: gauge('Argon2 computations of the portal since its start'),
  isu_news_streams: gauge('Pages that wait for news of an account'),
  isu_trace_spans_total: counter('Spans sent to the collector, or lost', ['outcome']),
} as const;

export type MetricName = keyof typeof catalogue;
type NamesOf<K> = { [N in MetricName]: (typeof catalogue)[N] extends { kind: K } ? N : never }[MetricName];
export type GaugeName = NamesOf<'gauge'>;
export type CounterName = NamesOf<'counter'>;
export type HistogramName = NamesOf<'histogram'>;

interface Described<K extends string> {
  readonly kind: K;
  readonly help: string;
  /** Beside `service`. */
  readonly labels: readonly string[];
}

function gauge(help: string, labels: readonly string[] = []): Described<'gauge'> {
  return { kind: 'gauge', help, labels };
}

function counter(help: string, labels: readonly string[]): Described<'counter'> {
  return { kind: 'counter', help, labels };
}

function histogram(
  help: string,
  labels: readonly string[],
  buckets: readonly number[],
): Described<'histogram'> & { readonly buckets: readonly number[] } {
  return { kind: 'histogram', help, labels, buckets };
}
