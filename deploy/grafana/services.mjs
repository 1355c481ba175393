import { ask, dashboard, heading, lines } from './panels.mjs';

const of = '{service=~"$service"}';

/** What the processes feel: requests, connections, the event loop, memory. */
export const services = dashboard(
  {
    uid: 'isu-services',
    title: 'ISU — services and processes',
    description: 'Requests, database connections, event loop, memory and garbage collection.',
  },
  [
    heading('Requests'),
    lines(
      'Requests, by service and status',
      '',
      { unit: 'reqps', span: 12, stack: true },
      ask(`sum by (service, status) (rate(isu_http_request_seconds_count${of}[1m]))`, '{{service}} {{status}}'),
    ),
    lines(
      'Faults of ours',
      'Share of answers that are 5xx: never, except while something is away.',
      { unit: 'percentunit', span: 12 },
      ask(
        `sum by (service) (rate(isu_http_request_seconds_count{service=~"$service",status=~"5.."}[5m])) / sum by (service) (rate(isu_http_request_seconds_count${of}[5m]))`,
        '{{service}}',
      ),
    ),
    lines(
      'p99 by service',
      '',
      { unit: 's', span: 12 },
      ask(`histogram_quantile(0.99, sum by (le, service) (rate(isu_http_request_seconds_bucket${of}[5m])))`, '{{service}}'),
    ),
    lines(
      'The ten slowest routes, p95',
      'By route template.',
      { unit: 's', span: 12 },
      ask(
        `topk(10, histogram_quantile(0.95, sum by (le, service, method, route) (rate(isu_http_request_seconds_bucket${of}[5m]))))`,
        '{{method}} {{route}}',
      ),
    ),

    heading('Who is turned away'),
    lines(
      'Requests turned away',
      '401 without a good token, 403 a closed function, 404 out of reach. A rise is a mistake somewhere, or somebody who tries.',
      { unit: 'reqps', span: 12 },
      ask(`sum by (service, status) (rate(isu_denials_total${of}[5m]))`, '{{service}} {{status}}'),
    ),
    lines(
      'Askers who opened more than 200 accounts within an hour',
      'The journal says who.',
      { span: 12 },
      ask(`sum by (service) (increase(isu_access_alarms_total${of}[1h]))`, '{{service}}'),
    ),

    heading('Database connections'),
    lines(
      'In use and idle',
      'Of each instance’s pool.',
      { stack: true, span: 12 },
      ask(`sum by (service, state) (isu_pool_connections${of})`, '{{service}} {{state}}'),
      ask(`sum by (service) (isu_pool_size${of})`, '{{service}}: may open'),
    ),
    lines(
      'Requests that wait for a connection',
      'More than a moment of it: the database is slow, or the pool is small.',
      { span: 12 },
      ask(`sum by (service) (isu_pool_waiting${of})`, '{{service}}'),
    ),

    heading('Processes'),
    lines(
      'Event loop lag, p99',
      'Beyond 0.2 s something computes where it should wait.',
      { unit: 's' },
      ask('nodejs_eventloop_lag_p99_seconds', '{{instance}}'),
    ),
    lines(
      'Garbage collection',
      'Share of time, by kind.',
      { unit: 'percentunit' },
      ask('sum by (instance, kind) (rate(nodejs_gc_duration_seconds_sum[5m]))', '{{instance}} {{kind}}'),
    ),
    lines('Processor', 'Cores used.', {}, ask('rate(process_cpu_seconds_total[1m])', '{{instance}}')),
    lines(
      'Memory',
      '',
      { unit: 'bytes' },
      ask('process_resident_memory_bytes', '{{instance}}'),
      ask('nodejs_heap_size_used_bytes', '{{instance}}: heap'),
    ),
    lines('Open files', '', {}, ask('process_open_fds', '{{instance}}')),
    lines('Restarts', 'A start in the last hour.', {}, ask('changes(process_start_time_seconds[1h])', '{{instance}}')),

    heading('The portal, and the watching itself'),
    lines('Pages waiting for news, mails waiting', '', {}, ask('sum(isu_news_streams)', 'pages'), ask('max(isu_mails_waiting)', 'mails')),
    lines(
      'Passwords computed',
      'Argon2, a second: a rise without visitors is somebody who tries.',
      { unit: 'cps' },
      ask('sum(rate(isu_password_computations[5m]))', 'passwords'),
    ),
    lines(
      'Spans',
      'Sent to the collector, or lost because it was away.',
      { unit: 'cps' },
      ask(`sum by (service, outcome) (rate(isu_trace_spans_total${of}[5m]))`, '{{service}} {{outcome}}'),
    ),
  ],
);
