import type { ReactNode } from 'react';
import type { UnderFourEyes } from '../../../src/face/border.js';
import { InstantText } from '../ui/figures.js';
import { Badge, type Tone } from '../ui/notice.js';
import { agentText, type Colleagues } from './border-words.js';

const states: Readonly<Record<UnderFourEyes['state'], { readonly text: string; readonly tone: Tone }>> = {
  proposed: { text: 'Attend une seconde personne', tone: 'wait' },
  approved: { text: 'Approuvée', tone: 'good' },
  refused: { text: 'Refusée', tone: 'bad' },
};

interface ProposalCardProps {
  readonly proposal: UnderFourEyes;
  readonly colleagues: Colleagues;
  /** What is proposed. */
  readonly children: ReactNode;
}

/** A proposal of the cell: what it is, who made it and why, who decided and what. */
export function ProposalCard({ proposal, colleagues, children }: ProposalCardProps) {
  const { reason, proposedBy, proposedAt, state, decidedBy, decidedAt, decisionReason } = proposal;
  return (
    <div className="stack-tight">
      <p>
        <Badge tone={states[state].tone}>{states[state].text}</Badge> {children}
      </p>
      <p>
        Proposée par {agentText(proposedBy, colleagues)} le <InstantText of={proposedAt} /> : {reason}
      </p>
      {decidedAt === null ? null : (
        <p>
          Décidée par {agentText(decidedBy, colleagues)} le <InstantText of={decidedAt} />
          {decisionReason === null ? '.' : ` : ${decisionReason}`}
        </p>
      )}
    </div>
  );
}
