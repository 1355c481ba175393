import type { Means } from '@isu/contracts';
import type { UnderFourEyes } from './border.js';
import type { AgentNames } from './desk-file.js';
import type { Page, Part } from './parts.js';

/** `GET desk/to-be-matched?after=…`: money without an owner, the oldest first (F81). */
export interface ToBeMatchedPage extends Page<{ readonly waiting: Part<WaitingPage> }> {
  readonly me: string;
  readonly names: AgentNames;
}

export interface WaitingPage {
  readonly items: readonly WaitingMoney[];
  readonly next: string | null;
}

/** As urssaf-sync answers. */
export interface WaitingMoney {
  readonly id: string;
  /** A reversal that waits for its payment stands among the payments that wait for their account. */
  readonly kind: 'payment' | 'reversal';
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly reference: string;
  readonly account: string | null;
  readonly reverses: string | null;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means | null;
  readonly paymentReference: string | null;
  readonly ageDays: number;
  readonly isReturned: boolean;
  readonly proposedBy: string | null;
}

/** `GET desk/to-be-matched/:id`. */
export interface MatchingPage extends Page<{ readonly money: Part<MatchingFile> }> {
  readonly me: string;
  readonly names: AgentNames;
}

export interface MatchingFile extends WaitingMoney {
  /** Within the agent's region, most likely first. */
  readonly candidates: readonly Candidate[];
  /** Candidates of other caisses, counted. */
  readonly elsewhere: Readonly<Record<string, number>>;
  readonly isComplete: boolean;
  readonly proposals: readonly MatchingProposal[];
}

export interface Candidate {
  readonly account: string;
  readonly likelihood: 'almost-sure' | 'likely' | 'possible' | 'weak';
  readonly reasons: readonly string[];
  readonly instalment: string | null;
}

export interface MatchingProposal extends UnderFourEyes {
  readonly kind: 'attribute' | 'send-back';
  readonly account: string | null;
  readonly fact: string | null;
}

/** `POST desk/to-be-matched/:id/proposals`, body. */
export interface MatchingRequest {
  readonly kind: MatchingProposal['kind'];
  /** The account that it is attributed to. */
  readonly owner?: string;
  /** 10 to 120 characters. */
  readonly reason: string;
  /** A UUID of the form that is sent: pressed twice, it is one proposal. */
  readonly key: string;
}

/** `POST desk/to-be-matched/:id/searches`, body: the payer's name as the slip or the statement bears it; answered like the page. */
export interface PayerRequest {
  readonly familyName: string;
  readonly givenNames?: string;
}
