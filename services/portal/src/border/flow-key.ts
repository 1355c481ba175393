import { refuse } from '../refusals.js';

export interface FlowKey {
  readonly partner: string;
  readonly flow: string;
}

const namePattern = /^[a-z][a-z-]{0,39}$/;

/** A flow as an address names it; what cannot be a name is not found. */
export function flowOf({ partner, flow }: FlowKey): FlowKey {
  if (!namePattern.test(partner) || !namePattern.test(flow)) throw refuse('not-found');
  return { partner, flow };
}
