import { draft, type FactDraft } from '@isu/contracts';
import { Day } from '@isu/values';
import { refuse } from '../refusals.js';

/** A request for aid to business creators (ACCRE, CT R. 5141-29 and following; collection.md 1.7). */
export interface AcreRequest {
  readonly account: string;
  /** Start of the activity: the exemption begins there. */
  readonly startedOn: string;
  readonly requestedOn: string;
  /** One month after the receipt: after that day silence is acceptance. */
  readonly decideBy: string;
  readonly decision: 'granted' | 'refused' | null;
  readonly decidedOn: string | null;
  readonly bySilence: boolean;
  readonly reason: string | null;
}

const requestDays = 45;

/** A complete file has its receipt at once. Refused after the forty-fifth day of the activity, and for an incomplete file. */
export function requestAcre(
  { account, startedOn, complete }: { account: string; startedOn: string; complete: boolean },
  today: Day,
): AcreRequest {
  const latest = Day.of(startedOn).plusDays(requestDays);
  if (today.isAfter(latest)) throw refuse('acre-too-late', { latest: latest.print() });
  if (!complete) throw refuse('acre-incomplete');
  const waiting = { decision: null, decidedOn: null, bySilence: false, reason: null };
  return { account, startedOn, requestedOn: today.iso, decideBy: today.plusMonths(1).iso, ...waiting };
}

/** What Urssaf decides within its month. Refused once it is over: silence has accepted. */
export function decideAcre(request: AcreRequest, { granted, reason }: { granted: boolean; reason: string }, today: Day): AcreRequest {
  if (request.decision !== null || today.iso > request.decideBy) throw refuse('acre-decided');
  return { ...request, decision: granted ? 'granted' : 'refused', decidedOn: today.iso, reason };
}

/** The month is over and nobody has spoken. */
export const acceptBySilence = (request: AcreRequest): AcreRequest => ({
  ...request,
  ...{ decision: 'granted', bySilence: true, reason: 'Silence gardé pendant un mois' },
  decidedOn: Day.of(request.decideBy).plusDays(1).iso,
});

export const acreDecided = ({ account, startedOn, decision, decidedOn }: AcreRequest, correlation?: string): FactDraft =>
  draft({
    ...{ stream: account, type: 'affiliation.acre-decided.v1', effectiveOn: decidedOn ?? startedOn },
    ...(correlation !== undefined && { correlation }),
    data: { decision: decision ?? 'granted', from: startedOn },
  });
