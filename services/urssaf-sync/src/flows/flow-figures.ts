import type { ServiceContext } from '@isu/chassis';
import { Day } from '@isu/values';
import type { Partners } from '../partners/partners.js';
import type { FlowsService, FlowStanding } from './flows.service.js';

/** How each flow of each partner stands: numbers that are missing, and days without the batch that was due. */
export function exposeFlows({ metrics }: Pick<ServiceContext, 'metrics'>, flows: FlowsService, partners: Partners): void {
  const keys = partners.flows;
  const eachFlow = (figure: (standing: FlowStanding) => number | null) => () =>
    Promise.all(keys.map(async (key) => ({ labels: { flow: `${key.partner}/${key.flow}` }, value: figure(await flows.of(key)) }))).then(
      (figures) => figures.flatMap(({ labels, value }) => (value === null ? [] : [{ labels, value }])),
    );
  metrics.gauge('isu_flow_gaps', eachFlow(missingIn));
  metrics.gauge('isu_flow_days_behind', eachFlow(daysBehind));
}

const missingIn = ({ gaps }: FlowStanding): number => gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** Of a flow that has never begun, nobody can say since when it is awaited. */
const daysBehind = ({ completedThrough, awaitedThrough }: FlowStanding): number | null =>
  completedThrough === null || awaitedThrough === null ? null : Math.max(0, Day.of(completedThrough).daysUntil(Day.of(awaitedThrough)));
