import type { AccountView, Standing } from '@isu/account';
import type { AnomalyType, Group, Vector } from '@isu/contracts';
import type { ContributionsPage, PersonCard, Rights } from './my-account.js';
import type { Page, Part, Service } from './parts.js';

/** Those that fold the account: benefits is the RSI's copy, urssaf-sync is Urssaf's. */
export type Viewer = 'collection' | 'benefits' | 'urssaf-sync';

/** `POST desk/searches`, body. Nothing of it ever stands in an address. */
export type SearchRequest = {
  /** 3 to 200 characters, kept in the journal and shown to the person. */
  readonly purpose: string;
} & (
  | { readonly by: 'account'; readonly account: string }
  | { readonly by: 'siret'; readonly siret: string }
  | { readonly by: 'nir'; readonly nir: string }
  | { readonly by: 'name'; readonly familyName: string; readonly givenNames?: string }
);

export interface SearchAnswer {
  /** At most 20, within the reach of the agent. */
  readonly found: readonly FoundPerson[];
  /** There are others: the search must say more. */
  readonly more: boolean;
}

export interface FoundPerson {
  readonly account: string;
  readonly displayName: string;
  readonly birthYear: number;
  readonly fund: string;
  readonly fundName: string;
  readonly group: Group;
}

/** `POST desk/openings`, body: from then on, for half an hour, this session may look at that account for that purpose. */
export interface OpeningRequest {
  readonly account: string;
  readonly purpose: string;
}

export interface Opening extends OpeningRequest {
  /** Instant (ISO); afterwards the account's routes answer 403 `opening-required`. */
  readonly endsAt: string;
}

/** `GET desk/accounts/:account`. */
export interface DeskAccountPage extends Page<{
  readonly person: Part<PersonCard>;
  readonly identity: Part<Identity>;
  /** The account as each service folds it from its own copy of the facts. */
  readonly views: Readonly<Record<Viewer, Part<AccountView>>>;
  readonly standing: Part<Standing>;
  /** Closed to Urssaf agents: rights tell of sickness and maternity. */
  readonly rights: Part<Rights>;
  readonly anomalies: Part<AccountAnomalies>;
}> {
  readonly opening: Opening;
  readonly comparison: Comparison;
}

export interface Identity {
  readonly account: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  /** In clear or masked, as the office of the agent has it. */
  readonly nir: string;
  readonly iban: string | null;
}

/** Whether all show the same account, and if not, what each of them has not heard yet (N1). */
export interface Comparison {
  /**
   * `same`: equal vectors and fingerprints everywhere. `behind`: vectors differ, `lacks` says by what. `broken`: equal vectors, other
   * fingerprints. `unknown`: those that answered agree, and one did not answer.
   */
  readonly verdict: 'same' | 'behind' | 'broken' | 'unknown';
  /** The highest number of each author that anybody has. */
  readonly ahead: Vector;
  readonly lacks: readonly Lack[];
}

export interface Lack {
  readonly who: Viewer;
  readonly author: Service;
  /** Numbers of the facts that are missing there, first and last. */
  readonly from: number;
  readonly to: number;
}

/** As urssaf-sync answers. */
export interface AccountAnomalies {
  readonly items: readonly AccountAnomaly[];
  /** Money that bears the number of the account and waits. */
  readonly waiting: readonly WaitingMoney[];
}

export interface AccountAnomaly {
  readonly id: string;
  readonly type: AnomalyType;
  readonly cause: string;
  readonly openedAt: string;
  readonly openedFact: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
  readonly closedFact: string | null;
  readonly settledBy: string | null;
}

export interface WaitingMoney {
  readonly id: string;
  readonly kind: 'payment' | 'reversal';
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly reference: string;
  readonly amount: string;
  readonly valueOn: string;
}

/** `GET desk/accounts/:account/facts`: every fact about the account, merged by author and number, latest recorded first. */
export interface FactsPage {
  readonly today: string;
  readonly facts: readonly HeldFact[];
  readonly parts: Readonly<Record<Viewer, Part<{ readonly count: number }>>>;
}

export interface HeldFact {
  readonly id: string;
  readonly author: Service;
  readonly seq: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly digest: string;
  /** The fact that led to this one. */
  readonly cause: string | null;
  /** Null where it tells of health and the one who asks may not know of it. */
  readonly data: unknown;
  /** When each service got it; null where it is not known yet, absent where the service did not answer. */
  readonly learnedAt: Readonly<Partial<Record<Viewer, string | null>>>;
}

/** `GET desk/accounts/:account/known?on=2016-06-07&by=rsi` (N3): the account as that organisation knew it at the end of that day. */
export type KnownPage = Page<{ readonly view: Part<AccountView> }> & { readonly on: string; readonly by: 'rsi' | 'urssaf' };

/** `GET desk/accounts/:account/contributions/:year`: the same page as the person's own, for « Pourquoi cet euro ? » at the desk. */
export type DeskContributionsPage = ContributionsPage;
