import { ask, dashboard, figure, heading, heat, lines } from './panels.mjs';

const toRights = (share, range) =>
  `histogram_quantile(${share}, sum by (le) (rate(isu_payment_to_rights_seconds_bucket{service=~"$service"}[${range}])))`;
const seconds = [
  ['green', null],
  ['yellow', 2],
  ['red', 20],
];
const none = [
  ['green', null],
  ['red', 1],
];

/** What 2008 could not see: how long a payment takes to become rights, and what of the partners is missing. */
export const payments = dashboard(
  {
    uid: 'isu-payments',
    title: 'ISU — from payment to rights',
    description:
      'How long a payment takes from the partner’s line accepted to the rights it changes (N4), and whether the partners’ flows are whole.',
  },
  [
    figure('Half of the payments within', 'Median of the last ten minutes.', { unit: 's', steps: seconds }, ask(toRights(0.5, '10m'))),
    figure('95 in 100 within', 'Of the last ten minutes.', { unit: 's', steps: seconds }, ask(toRights(0.95, '10m'))),
    figure(
      '99 in 100 within',
      'Of the last ten minutes. Beyond 20 s the two organisations may show different things for as long.',
      { unit: 's', steps: seconds },
      ask(toRights(0.99, '10m')),
    ),
    figure(
      'Payments an hour',
      'Payments whose rights have changed.',
      { steps: [['blue', null]], decimals: 0 },
      ask('sum(increase(isu_payment_to_rights_seconds_count{service=~"$service"}[1h]))'),
    ),
    figure(
      'Batches missing',
      'Numbers of the partners’ series that have not come: they are asked for again by themselves.',
      { steps: none },
      ask('sum(max by (flow) (isu_flow_gaps))'),
    ),
    figure(
      'Latest flow, days',
      'Days by which a flow is later than its calendar allows. Meanwhile rights are unknown, never refused.',
      { unit: 'd', steps: none },
      ask('max(isu_flow_days_behind)'),
    ),

    heading('From payment to rights'),
    lines(
      'Payment to rights',
      'Half, 95 and 99 in 100 payments.',
      { unit: 's', span: 12 },
      ask(toRights(0.5, '5m'), 'p50'),
      ask(toRights(0.95, '5m'), 'p95'),
      ask(toRights(0.99, '5m'), 'p99'),
    ),
    heat(
      'Where payments are in the distribution',
      'A second band, higher up, is a road that some payments take: a gap filled, a fact tried again.',
      { unit: 's' },
      ask('sum by (le) (increase(isu_payment_to_rights_seconds_bucket{service=~"$service"}[$__rate_interval]))', '{{le}}', 'heatmap'),
    ),

    heading('Partners'),
    lines('Batches missing, by flow', 'Gaps in the series of each partner.', {}, ask('max by (flow) (isu_flow_gaps)', '{{flow}}')),
    lines(
      'Days behind, by flow',
      'Against the partner’s calendar: a batch each business day.',
      { unit: 'd' },
      ask('max by (flow) (isu_flow_days_behind)', '{{flow}}'),
    ),
    lines(
      'Ours without a receipt, by flow',
      'Batches that the partner has not acknowledged yet. What stays is sent again, and said late.',
      {},
      ask('max by (flow) (isu_flow_unacknowledged)', '{{flow}}'),
    ),
    lines(
      'Money that waits for its owner',
      'Received and booked on nobody’s account: how many payments, and for how many days the oldest. Meanwhile nobody is surcharged for what they could pay.',
      {},
      ask('max(isu_money_to_match)', 'payments'),
      ask('max(isu_money_to_match_days)', 'days of the oldest'),
    ),
    lines(
      'Batches received',
      'Requests at the partner’s door, by status. A refused batch changes nothing.',
      { unit: 'reqps' },
      ask(
        'sum by (status) (rate(isu_http_request_seconds_count{service="urssaf-sync",route=~".*/batches|.*/bank-files",method="POST"}[5m]))',
        '{{status}}',
      ),
    ),
  ],
);
