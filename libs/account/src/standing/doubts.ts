import { Day, plusWorkingDays } from '@isu/values';
import type { Book } from '../book/book.js';
import type { Flow, Flows } from '../flows.js';
import { anomalyOpen, batchesGivenUp, flowGap, flowNeverSeen, flowShort, paymentInTransit, type Reason } from './reasons.js';

/** A partner sends a payments batch every working day; two days without one and the flow is late. */
const calendarInWorkingDays = 2;

/** The flows that bring payments; the others cannot make anyone late. */
export const paymentFlows = (flows: Flows): [stream: string, flow: Flow][] =>
  Object.entries(flows).filter(([stream]) => stream.endsWith('/payments'));

/**
 * Everything because of which a payment may exist that the account does not show yet (I5). While one stands, a missing payment is
 * held against nobody. `lateSince` is the due date of the oldest late instalment: a flow must at least be complete through it.
 */
export function doubtsOf(book: Book, flows: Flows, day: Day, lateSince: string | null): Reason[] {
  const carriers = paymentFlows(flows);
  return [
    ...book.payments.filter((payment) => payment.state === 'in-transit').map(paymentInTransit),
    ...(carriers.length === 0 ? [flowNeverSeen] : []),
    ...carriers.flatMap(([stream, flow]) => flow.openGaps.map((gap) => flowGap(stream, gap))),
    ...carriers.flatMap(([stream, flow]) => shortOf(stream, flow, day, lateSince)),
    ...book.anomalies.filter((anomaly) => anomaly.closed === null).map(anomalyOpen),
  ];
}

/** What can be told no more: nothing waits for it (I5), and what is late is not said without naming it. */
export const neverTold = (flows: Flows): Reason[] =>
  paymentFlows(flows).flatMap(([stream, { givenUp }]) => givenUp.map((numbers) => batchesGivenUp(stream, numbers)));

function shortOf(stream: string, { completedThrough }: Flow, day: Day, lateSince: string | null): Reason[] {
  const calendar = plusWorkingDays(day, -calendarInWorkingDays).iso;
  const isComplete = lateSince === null || (completedThrough !== null && completedThrough >= lateSince);
  const isOnTime = completedThrough !== null && completedThrough >= calendar;
  if (isComplete && isOnTime) return [];
  const awaitedThrough = lateSince !== null && lateSince > calendar ? lateSince : calendar;
  return [flowShort({ code: isComplete ? 'flow-late' : 'flow-incomplete', stream, completedThrough, awaitedThrough })];
}
