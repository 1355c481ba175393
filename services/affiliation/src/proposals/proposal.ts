import type { Access } from '@isu/chassis';
import { refuse } from '../refusals.js';

export const proposalKinds = ['fund-change', 'merge'] as const;
export type ProposalKind = (typeof proposalKinds)[number];
export const proposalStates = ['proposed', 'accepted', 'refused'] as const;

/** What one agent proposes and another decides (four eyes). */
export interface Proposal {
  readonly id: string;
  readonly account: string;
  readonly kind: ProposalKind;
  /** Of a transfer: `department`, `from`; of a merge: `into`. */
  readonly content: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly proposedAt: string;
  readonly proposedBy: string;
  readonly state: (typeof proposalStates)[number];
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
}

export interface Decision {
  /** Id of the proposal. */
  readonly proposal: string;
  readonly accepted: boolean;
  readonly reason: string;
}

/** Decides a proposal. Refused to the one who made it, and for one that was decided. */
export function decide(proposal: Proposal, { accepted, reason }: Decision, { subject }: Pick<Access, 'subject'>, at: string): Proposal {
  if (proposal.state !== 'proposed') throw refuse('proposal-decided');
  if (proposal.proposedBy === subject.sub) throw refuse('four-eyes');
  return { ...proposal, state: accepted ? 'accepted' : 'refused', decidedAt: at, decidedBy: subject.sub, decisionReason: reason };
}
