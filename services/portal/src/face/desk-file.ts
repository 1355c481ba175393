import type { Debit } from './debits.js';
import type { Dependant, Spouse } from './family.js';
import type { FileParts, Fund, FundMessage, News } from './file.js';
import type { PersonCard } from './my-account.js';
import type { Page, Part } from './parts.js';

/** `GET desk/accounts/:account/file`: what affiliation holds, every version of it, and what waits for a second agent. */
export type DeskFilePage = Page<
  FileParts & {
    readonly person: Part<PersonCard>;
    readonly family: Part<readonly Dependant[]>;
    readonly spouses: Part<readonly Spouse[]>;
    readonly acre: Part<readonly AcreRequest[]>;
    readonly fundMessages: Part<readonly FundMessage[]>;
    readonly changes: Part<{ readonly changes: readonly Change[] }>;
    /** Closed to those who change nothing. */
    readonly proposals: Part<readonly Decision[]>;
    readonly strikeOffs: Part<readonly StrikeOff[]>;
  }
> & { readonly names: AgentNames };

/** Names of agents by their subject, of those who have come in here; of the others nobody told us. */
export type AgentNames = Readonly<Record<string, string>>;

export interface Change {
  readonly version: number;
  readonly subject: string;
  readonly change: string;
  readonly effectiveOn: string;
  readonly learnedAt: string;
  readonly organisation: string | null;
  readonly role: string | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What one agent proposes and another decides: a transfer to another caisse, a merge of two accounts. */
export interface Decision {
  readonly id: string;
  readonly kind: string;
  readonly content: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly proposedAt: string;
  readonly proposedBy: string;
  readonly state: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
}

export interface StrikeOff {
  readonly id: string;
  readonly reason: string;
  readonly openedOn: string;
  readonly bodiesUntil: string;
  readonly personToldOn: string | null;
  readonly personUntil: string | null;
  readonly state: string;
  readonly closedOn: string | null;
  readonly closedBecause: string | null;
}

/** A debit that came back, as agents see it. */
export interface ReturnedDebit extends Debit {
  readonly account: string;
  readonly isToExamine: boolean;
  readonly examination: {
    readonly action: string;
    readonly reason: string;
    readonly examinedBy: string;
    readonly examinedOn: string;
  } | null;
}

export interface ReturnedDebits {
  readonly debits: readonly ReturnedDebit[];
}

/** `GET desk/returned-debits`: of the agent's region, what waits for somebody, the oldest first; and what came back, the latest first. */
export type ReturnedDebitsPage = Page<{ readonly toExamine: Part<ReturnedDebits>; readonly returned: Part<ReturnedDebits> }>;

/** Aid to business creators (ACCRE), as it was asked for and decided. */
export interface AcreRequest {
  readonly startedOn: string;
  readonly requestedOn: string;
  readonly decideBy: string;
  readonly decision: 'granted' | 'refused' | null;
  readonly decidedOn: string | null;
  readonly bySilence: boolean;
  readonly reason: string | null;
}

/** `GET desk/funds/:code`: what a caisse tells its insured, and the messages that wait for its answer, the oldest first. */
export type FundDeskPage = Page<{
  readonly news: Part<readonly PublishedNews[]>;
  readonly messages: Part<readonly WaitingFundMessage[]>;
}>;

export interface PublishedNews extends News {
  readonly groups: readonly string[] | null;
  readonly until: string | null;
}

export interface WaitingFundMessage extends FundMessage {
  readonly account: string;
}

/** `GET desk/duplicates`. */
export type DuplicatesPage = Page<{
  readonly duplicates: Part<readonly { readonly accounts: readonly string[]; readonly because: string }[]>;
}>;

/** `GET desk/funds`: the caisses, for a form. */
export type FundsPage = Page<{ readonly funds: Part<readonly Pick<Fund, 'code' | 'name'>[]> }>;
