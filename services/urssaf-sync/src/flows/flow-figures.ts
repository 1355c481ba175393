import type { ServiceContext } from '@isu/chassis';
import { Day } from '@isu/values';
import { countUnacknowledged } from '../outgoing/outgoing-batch.table.js';
import type { Partners } from '../partners/partners.js';
import type { FlowsService, FlowStanding } from './flows.service.js';

/** How each flow stands: numbers that are missing, days without the batch or the receipt that was due, batches of ours without a receipt. */
export function exposeFlows({ metrics, db }: Pick<ServiceContext, 'metrics' | 'db'>, flows: FlowsService, partners: Partners): void {
  const keys = [...partners.flows, ...partners.outgoingFlows];
  const eachFlow = (figure: (standing: FlowStanding) => number | null) => () =>
    Promise.all(keys.map(async (key) => ({ labels: { flow: `${key.partner}/${key.flow}` }, value: figure(await flows.of(key)) }))).then(
      (figures) => figures.flatMap(({ labels, value }) => (value === null ? [] : [{ labels, value }])),
    );
  metrics.gauge('isu_flow_gaps', eachFlow(missingIn));
  metrics.gauge('isu_flow_days_behind', eachFlow(daysBehind));
  metrics.gauge('isu_flow_unacknowledged', () => countUnacknowledged(db.manager));
}

const missingIn = ({ gaps }: FlowStanding): number => gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** Of a flow that has never begun, nobody can say since when it is awaited. */
const daysBehind = ({ completedThrough, awaitedThrough }: FlowStanding): number | null =>
  completedThrough === null || awaitedThrough === null ? null : Math.max(0, Day.of(completedThrough).daysUntil(Day.of(awaitedThrough)));
