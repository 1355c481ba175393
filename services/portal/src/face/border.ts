import type { AnomalyType, Means } from '@isu/contracts';
import type { AgentNames } from './desk-file.js';
import type { Fund } from './file.js';
import type { Page, Part } from './parts.js';

/** `GET desk/flows`: what crosses the border, and what is late. */
export type FlowsPage = Page<{
  /** What partners promise us, then what we promise them. */
  readonly flows: Part<{ readonly items: readonly FlowStanding[] }>;
}>;

/** As urssaf-sync answers. */
export interface FlowStanding {
  readonly partner: string;
  readonly flow: string;
  /** `in`: the partner sends it; `out`: we do, and the partner acknowledges it. */
  readonly direction: 'in' | 'out';
  /** The rhythm that the partner promises to keep; null before its first day. */
  readonly calendar: string | null;
  readonly lastNumber: number | null;
  readonly nextNumber: number;
  /** The day through which nothing is missing (ISO); null while no batch came. */
  readonly completedThrough: string | null;
  /** The day through which it should be complete today. */
  readonly awaitedThrough: string | null;
  readonly isLate: boolean;
  /** The first day of which nothing complete is known; null while it is on time, or has never begun. */
  readonly lateSince: string | null;
  readonly gaps: readonly Stretch[];
  /** Batches that the partner has lost too: two people of the cell gave them up, on its word. The last first. */
  readonly givenUp: readonly GivenUp[];
  readonly resendRequests: readonly (Stretch & { readonly askedOn: string })[];
  /** Batches of ours without the partner's receipt, with the business day of the oldest. */
  readonly unacknowledged: readonly (Stretch & { readonly businessDate: string })[];
  /** What was refused, contradicted what stands, or did not come in time: the last first. */
  readonly incidents: readonly FlowIncident[];
}

export interface FlowIncident {
  readonly at: string;
  readonly kind: 'refused' | 'conflict' | 'late';
  /** Number of the batch, reference of the line, or the day that was awaited; null when nothing readable says it. */
  readonly subject: string | null;
  /** Codes, with their places: `line 2: amount: money-malformed`. */
  readonly reasons: readonly string[];
}

export interface GivenUp {
  readonly number: number;
  /** Reference of the partner's letter. */
  readonly attestation: string;
  readonly givenUpAt: string;
  /** Null while it never came. */
  readonly arrivedAt: string | null;
}

/** Numbers of batches, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** `GET desk/flows/:partner/:flow/batches/:number?after=…`: its receipt, and its lines of the accounts of the agent's regions. */
export type BatchPage = Page<{
  readonly receipt: Part<BatchReceipt>;
  readonly lines: Part<ReceivedLines>;
}>;

export interface ReceivedLines {
  /** The business day that the partner wrote on the batch. */
  readonly businessDate: string;
  readonly items: readonly ReceivedLine[];
  readonly next: number | null;
}

export interface ReceivedLine {
  readonly line: number;
  readonly kind: 'payment' | 'reversal' | 'declared' | 'tax' | 'turnover' | 'rejected';
  readonly reference: string;
  readonly account: string | null;
  readonly amount: string | null;
  readonly outcome: LineRun['outcome'];
  readonly reason: string | null;
}

/** As urssaf-sync signed it to the partner: runs of consecutive lines with one outcome, which add up to the whole. */
export interface BatchReceipt {
  readonly batch: { readonly partner: string; readonly flow: string; readonly number: number; readonly name: string };
  readonly digest: string;
  readonly outcome: 'accepted';
  readonly count: number;
  readonly total: string;
  readonly lines: readonly LineRun[];
}

export interface LineRun extends Stretch {
  readonly outcome: 'posted' | 'to-be-matched' | 'duplicate' | 'conflict' | 'refused';
  readonly reason?: string;
  readonly count: number;
  readonly total: string;
}

/** `GET desk/flows/:partner/:flow/sent-batches?before=…`: what we sent on a flow of ours, the latest first. `next` asks for those before. */
export type SentBatchesPage = Page<{ readonly batches: Part<{ readonly items: readonly SentBatch[]; readonly next: number | null }> }>;

/** A batch of ours as urssaf-sync lists it: which one, and what its partner said of it. */
export interface SentBatch {
  readonly partner: string;
  readonly flow: string;
  readonly number: number;
  readonly businessDate: string;
  readonly digest: string;
  readonly count: number;
  readonly total: string;
  readonly acknowledgedAt: string | null;
  readonly accepted: number | null;
  readonly refused: number | null;
  readonly lateSince: string | null;
  readonly lastProblem: string | null;
  readonly isLost: boolean;
}

/** `GET desk/flows/:partner/:flow/sent-batches/:number?after=…`: its lines, of the accounts of the agent's regions. */
export type SentBatchPage = Page<{ readonly sent: Part<SentBatchOpened> }>;

export interface SentBatchOpened {
  readonly batch: SentBatch;
  readonly items: readonly SentLine[];
  readonly next: number | null;
}

export interface SentLine {
  readonly line: number;
  readonly account: string;
  /** The type of the fact that it tells of. */
  readonly tells: string;
  readonly outcome: 'awaited' | 'accepted' | 'withdrawn';
  readonly reason: string | null;
  readonly toldAgainIn: number | null;
}

/** `GET desk/anomalies?state=open&type=lost&mine=true&after=…`: the worklist of the agent's regions. */
export interface WorklistPage extends Page<{
  readonly worklist: Part<Worklist>;
  readonly counts: Part<Counts>;
  /** The caisses, for their names. */
  readonly funds: Part<readonly Pick<Fund, 'code' | 'name'>[]>;
}> {
  /** Under which name the one who asks owns and proposes. */
  readonly me: string;
  readonly names: AgentNames;
}

/** The oldest open first; of those settled, the last. `next` asks for the following ones. */
export interface Worklist {
  readonly items: readonly WorklistItem[];
  readonly next: string | null;
}

export interface Counts {
  readonly regions: readonly RegionCount[];
}

export interface WorklistItem {
  readonly id: string;
  readonly account: string;
  readonly fund: string;
  readonly type: AnomalyType;
  readonly cause: string;
  /** What found it: a line that contradicts, money not placed or a person not called in time, copies that diverge, the partner's books, what we told and it refused. */
  readonly origin: 'line' | 'transit' | 'copies' | 'balances' | 'told';
  readonly openedAt: string;
  readonly ageDays: number;
  readonly assignedTo: string | null;
  readonly assignedAt: string | null;
  readonly closedAt: string | null;
  readonly settledBy: string | null;
  readonly proposedBy: string | null;
}

export interface RegionCount {
  readonly fund: string;
  readonly open: number;
  readonly unassigned: number;
  readonly waitingForApproval: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly oldestOpenedAt: string | null;
}

/** `GET desk/anomalies/:id`; the acts answer 204, and the page is asked again. */
export interface AnomalyPage extends Page<{ readonly anomaly: Part<AnomalyDetail> }> {
  readonly me: string;
  readonly names: AgentNames;
}

export interface AnomalyDetail extends WorklistItem {
  /** What each of the two says, by name. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What a rule proposes; null where only a person can say. */
  readonly correction: Correction | null;
  readonly proposals: readonly Proposal[];
  readonly payments: readonly NamedPayment[];
}

/** A payment that a correction names: who approves sees which. */
export interface NamedPayment {
  readonly id: string;
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly reference: string;
  readonly amount: string;
  readonly valueOn: string;
}

/** What would settle it: facts that urssaf-sync may publish, and that collection books as any other. */
export type Correction =
  | {
      readonly kind: 'report-payment';
      readonly amount: string;
      readonly valueOn: string;
      readonly means: Means;
      readonly reference?: string;
    }
  | { readonly kind: 'reverse-payment' | 'move-payment' | 'attribute-payment'; readonly payment: string }
  | { readonly kind: 'correct-amount'; readonly payment: string; readonly amount: string }
  | { readonly kind: 'none' };

/** What one of a cell proposes, and another decides. */
export interface UnderFourEyes {
  readonly id: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
}

export interface Proposal extends UnderFourEyes {
  readonly correction: Correction;
}

/** `PUT desk/anomalies/:id/assignment`, body. */
export interface AssignmentRequest {
  readonly to: 'me' | 'nobody';
}

/**
 * `POST desk/anomalies/:id/proposals`, body. An agent proposes what the rule proposes, or that no money is to move, with a reason; what is
 * proposed is read out of the anomaly, not out of the request.
 */
export interface ProposalRequest {
  readonly correction: 'as-the-rule-says' | 'none';
  /** 10 to 120 characters. */
  readonly reason: string;
  /** A UUID of the form that is sent: pressed twice, it is one proposal. */
  readonly key: string;
}

/** `POST desk/anomalies/:id/proposals/:proposal/refusal`, body. `…/approval` has none. */
export interface ProposalRefusalRequest {
  readonly reason: string;
}

/** `GET desk/reconciliation`: the last comparisons, and the accounts whose copies differ. */
export type ReconciliationPage = Page<{
  readonly comparisons: Part<Comparisons>;
  readonly divergences: Part<{ readonly items: readonly CopyDifference[] }>;
}>;

export interface Comparisons {
  /** The partner's books that the comparison with it rests on. */
  readonly snapshot: { readonly partner: string; readonly number: string; readonly asOf: string } | null;
  /** Between our three copies of each account. */
  readonly inside: ComparisonRun | null;
  /** With the partner's books. */
  readonly outside: ComparisonRun | null;
}

export interface ComparisonRun {
  readonly date: string;
  readonly startedAt: string;
  /** Null while it goes on, or where it stopped. */
  readonly endedAt: string | null;
  /** What it found, by names that people read; null while it goes on. */
  readonly figures: Readonly<Record<string, string | number>> | null;
}

export interface CopyDifference {
  readonly account: string;
  /** `in-flight`: a fact has not arrived everywhere; `diverged`: the same facts, another account. */
  readonly kind: 'in-flight' | 'diverged';
  readonly missing: readonly (Stretch & { readonly service: string; readonly author: string })[];
  readonly altered: { readonly service: string; readonly author: string; readonly seq: number; readonly type: string } | null;
  readonly since: string;
  readonly seenAt: string;
}
