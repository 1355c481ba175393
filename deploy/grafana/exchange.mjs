import { ask, dashboard, figure, heading, lines } from './panels.mjs';

const of = '{service=~"$service"}';
const p99 = (name, by) => `histogram_quantile(0.99, sum by (le, ${by}) (rate(${name}_bucket{service=~"$service"}[5m])))`;
const waiting = [
  ['green', null],
  ['yellow', 5],
  ['red', 60],
];
const none = [
  ['green', null],
  ['red', 1],
];

/** Facts on their way: outbox, bus, inbox, what was set aside, and whether the views follow. */
export const exchange = dashboard(
  {
    uid: 'isu-exchange',
    title: 'ISU — facts between services',
    description: 'What each service has to say and has not said, has to hear and has not heard, and could not apply.',
  },
  [
    figure(
      'Oldest fact unsent',
      'Worst of all services. Beyond a minute the service is no longer ready.',
      { unit: 's', steps: waiting },
      ask('max(isu_outbox_age_seconds)'),
    ),
    figure(
      'Facts not settled',
      'All consumers together.',
      {
        steps: [
          ['green', null],
          ['yellow', 1_000],
          ['red', 20_000],
        ],
      },
      ask(`sum(isu_inbox_lag${of})`),
    ),
    figure(
      'Streams set aside',
      'Accounts and flows that wait; all others go on.',
      { steps: none },
      ask('sum(max by (service) (isu_set_aside_streams))'),
    ),
    figure(
      'Forks',
      'An author said two things under one number. Nothing was overwritten.',
      { steps: none },
      ask('sum(max by (service) (isu_set_aside{state="fork"}))'),
    ),
    figure(
      'Alarms, one hour',
      'Each of them wants somebody to look.',
      { steps: none, decimals: 0 },
      ask('sum(increase(isu_messaging_alarms_total[1h]))'),
    ),
    figure(
      'Relays that lead',
      'One for each service that writes facts: fewer, and facts stay where they are.',
      {
        steps: [
          ['red', null],
          ['green', 4],
        ],
      },
      ask('sum(isu_relay_leading)'),
    ),

    heading('Out: outbox and relay'),
    lines(
      'Facts unsent',
      'Grows while the bus is away, and drains when it is back.',
      {},
      ask(`max by (service) (isu_outbox_unsent${of})`, '{{service}}'),
    ),
    lines(
      'Age of the oldest fact unsent',
      'The figure that matters: a burst makes many facts, not old ones.',
      { unit: 's' },
      ask(`max by (service) (isu_outbox_age_seconds${of})`, '{{service}}'),
    ),
    lines(
      'Sent, and refused by the bus',
      'Facts a second; batches that failed below.',
      { unit: 'cps' },
      ask(`sum by (author) (rate(isu_outbox_sent_total${of}[1m]))`, '{{author}}'),
      ask(`sum by (author) (rate(isu_outbox_failures_total${of}[1m]))`, '{{author}}: failed'),
    ),
    lines(
      'Which instance relays',
      'A change is a handover: a restart, or a lost connection.',
      { span: 12, stack: true },
      ask(`isu_relay_leading${of}`, '{{service}} {{instance}}'),
    ),
    lines(
      'From taken to marked, p99',
      'One batch of facts.',
      { unit: 's', span: 12 },
      ask(p99('isu_outbox_batch_seconds', 'author'), '{{author}}'),
    ),

    heading('In: bus and inbox'),
    lines(
      'Lag, by consumer and author',
      'Facts on the bus that a consumer has not settled.',
      { span: 12 },
      ask(`sum by (service, author) (isu_inbox_lag${of})`, '{{service}} ← {{author}}'),
    ),
    lines(
      'Settled, by outcome',
      'Duplicates are harmless; what is set aside waits.',
      { unit: 'cps', span: 12 },
      ask(`sum by (consumer, outcome) (rate(isu_inbox_facts_total${of}[1m]))`, '{{consumer}}: {{outcome}}'),
    ),
    lines(
      'One run of facts, p99',
      'A transaction of up to 200 facts.',
      { unit: 's', span: 12 },
      ask(p99('isu_inbox_run_seconds', 'consumer'), '{{consumer}}'),
    ),
    lines(
      'Lanes that waited for their database',
      'Nothing is set aside and nothing skipped meanwhile.',
      { unit: 'cps', span: 12 },
      ask(`sum by (consumer) (rate(isu_inbox_waits_total${of}[5m]))`, '{{consumer}}'),
    ),

    heading('Set aside'),
    lines(
      'Facts set aside, by what they wait for',
      'behind: for the one before; gap: for what is missing; parked, unreadable, fork: for somebody.',
      { stack: true },
      ask(`sum by (state) (max by (service, state) (isu_set_aside${of}))`, '{{state}}'),
    ),
    lines('Accounts and flows that wait', '', {}, ask(`max by (service) (isu_set_aside_streams${of})`, '{{service}}')),
    lines('Age of the oldest', '', { unit: 's' }, ask(`max by (service) (isu_set_aside_age_seconds${of})`, '{{service}}')),

    heading('The views follow'),
    lines(
      'Fingerprints behind the facts',
      'How far the stored fingerprints, by which services are compared, are behind.',
      { unit: 's', span: 12 },
      ask(`max by (service) (isu_fingerprint_lag_seconds${of})`, '{{service}}'),
    ),
    lines(
      'Journal entries not sealed yet',
      'Age of the oldest: until it is sealed, a tampering would not show.',
      { unit: 's', span: 12 },
      ask(`max by (service) (isu_journal_lag_seconds${of})`, '{{service}}'),
      ask(`max by (service) (isu_journal_unsealed${of})`, '{{service}}: entries'),
      ask(`max by (service) (isu_exchange_journal_lag_seconds${of})`, '{{service}}: exchanges'),
      ask(`max by (service) (isu_exchange_journal_unsealed${of})`, '{{service}}: entries of exchanges'),
    ),

    heading('Jobs and comparisons'),
    lines(
      'Days behind, by job',
      'A date of its calendar that could have been done and has no outcome; later ones wait behind it.',
      { span: 12 },
      ask(`max by (service, job) (isu_job_days_behind${of})`, '{{service}} {{job}}'),
    ),
    lines(
      'Attempts, by outcome',
      'failed is tried again by itself; interrupted is gone on with by another instance.',
      { span: 12 },
      ask(`sum by (job, outcome) (increase(isu_job_runs_total${of}[1h]))`, '{{job}}: {{outcome}}'),
    ),
    lines('How long a date takes, p99', '', { unit: 's', span: 12 }, ask(p99('isu_job_run_seconds', 'job'), '{{job}}')),
    lines(
      'Differences that wait to be settled',
      'By kind; and accounts whose copies diverge, which is a hard stop.',
      { span: 12 },
      ask('max by (type) (isu_anomalies_open)', '{{type}}'),
      ask('max(isu_copies_diverged)', 'copies diverged'),
    ),
    lines(
      'Corrections by hand, since the start',
      'Each approved by a second person of the cell: the more of them, the worse the road.',
      { span: 12 },
      ask('max by (kind) (isu_corrections_made)', '{{kind}}'),
    ),
  ],
);
