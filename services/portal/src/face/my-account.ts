import type { Balance, Assessment, Income, Instalment, Payment, Period, Standing, YearQuarters, Reason } from '@isu/account';
import type { Group, IncomeKind, Regime, Stage, Vector } from '@isu/contracts';
import type { Explained } from './explanation.js';
import type { Situation } from './file.js';
import type { Page, Part, Proven, Service } from './parts.js';

/** `GET my/home`. */
export type HomePage = Page<{
  readonly person: Part<PersonCard>;
  /** At work or not, and whose collaborating spouse. */
  readonly situation: Part<Situation>;
  /** Balance and money on its way, from whichever service answers. */
  readonly account: Part<Proven<AccountGlance>>;
  /** Next due date, late, up to date or what is awaited. */
  readonly standing: Part<Standing>;
  readonly rights: Part<Rights>;
  /** The last times that somebody opened this account. */
  readonly readings: Part<readonly Reading[]>;
}>;

export interface AccountGlance {
  readonly balance: Balance;
  /** Reported by the partner and not placed on its debts yet. */
  readonly inTransit: readonly Payment[];
  /** What happened last on the account, latest first. */
  readonly messages: readonly AccountMessage[];
}

/** Something that happened on the account, by the day on which it took its place there. The words are the screen's. */
export type AccountMessage = { readonly key: string; readonly on: string } & (
  | { readonly kind: 'payment-posted'; readonly amount: string }
  | { readonly kind: 'payment-reversed'; readonly amount: string; readonly reason: string }
  | { readonly kind: 'assessed'; readonly year: number; readonly stage: Stage; readonly total: string }
  | { readonly kind: 'income-recorded'; readonly year: number; readonly amount: string; readonly isCorrection: boolean }
);

/** As affiliation shows a person (F13). Fields after `fundName` may be absent. */
export interface PersonCard {
  readonly account: string;
  readonly group: Group;
  readonly regime: Regime;
  readonly fund: string;
  readonly fundName: string;
  readonly department: string;
  readonly startedOn: string;
  readonly siret?: string | null;
  readonly activity?: string | null;
  readonly naf?: string | null;
  /** The account under which everything goes on, where this one was a second one of the same person. */
  readonly mergedInto?: string | null;
}

/** As benefits answers. */
export interface Rights {
  readonly account: string;
  readonly day: string;
  readonly upToDate: { readonly value: 'yes' | 'no' | 'unknown'; readonly reasons: readonly Reason[] };
  readonly quarters: readonly YearQuarters[];
  readonly quartersValidated: number;
  readonly quartersPossible: number;
  readonly restsOn: { readonly vector: Vector; readonly fingerprint: string; readonly flows: Readonly<Record<string, Vector>> };
}

/** `GET my/summary?on=2016-05-05` (F16, F17): as it was known at the end of that day (I7); without a day, as it is now. */
export type SummaryPage = Page<{
  /** Out of the ledger: as of the last closed accounting day, and as of then or now. */
  readonly periods: Part<AccountPeriods>;
  /** The same account as everybody folds it: shown when the ledger does not answer, and as the proof beside it. */
  readonly account: Part<Proven<{ readonly balance: Balance; readonly periods: readonly Period[] }>>;
  readonly standing: Part<Standing>;
}>;

/** As collection answers. */
export interface AccountPeriods {
  readonly account: string;
  /** The day by whose evening all this was known; today, what is known now. */
  readonly knownOn: string;
  /** Null before the first close. */
  readonly closed: (Periods & { readonly accountingDay: string }) | null;
  readonly current: Periods;
}

export interface Periods {
  readonly periods: readonly LedgerPeriod[];
  readonly credit: string;
  /** Positive: the person owes. The sum of the periods and their surcharges less the credit, to the cent. */
  readonly balance: string;
}

export interface LedgerPeriod {
  readonly year: number;
  readonly called: string;
  readonly paid: string;
  readonly remaining: string;
  readonly lines: readonly { readonly code: string; readonly called: string; readonly paid: string; readonly remaining: string }[];
  /** For lateness, as they were notified: in none of the figures above. */
  readonly surcharges: { readonly called: string; readonly paid: string; readonly remaining: string };
}

/** `GET my/incomes?year=2015` (F18); without a year, every year. */
export type IncomesPage = Page<{ readonly incomes: Part<Proven<Incomes>> }>;

export interface Incomes {
  /** Years of which something is known, latest first: for the choice. */
  readonly years: readonly number[];
  /** Of the year asked for, or all; those corrected since too. */
  readonly incomes: readonly Income[];
}

/** `GET my/contributions/2016` (F23–F25, N2). */
export type ContributionsPage = Page<{
  readonly versions: Part<AssessmentVersions>;
  /** The same figures as everybody folds them, without their derivation: shown when collection does not answer. */
  readonly account: Part<Proven<{ readonly years: readonly number[]; readonly assessments: readonly Assessment[] }>>;
}>;

/** As collection answers `accounts/:account/assessments/:year/versions`: every version, first to last; the last is in force. */
export interface AssessmentVersions {
  readonly account: string;
  readonly year: number;
  readonly versions: readonly AssessmentVersion[];
}

export interface AssessmentVersion {
  /** The fact that said it. */
  readonly fact: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly year: number;
  readonly version: number;
  readonly stage: Stage;
  readonly total: string;
  readonly rules: string;
  readonly accountingDay: string;
  readonly lines: readonly { readonly code: string; readonly base: string; readonly rate: string; readonly amount: string }[];
  /** Lines with their derivation (I6); null for a version that today's rules no longer price alike. */
  readonly explanation: Explained | null;
  /** Each income that the version rests on, and whose word it is (N2). */
  readonly restsOn: readonly RestsOn[];
}

/** An income that the version was priced on: the fact, whose word it is, and the amount that the law retained of it. */
export interface RestsOn {
  readonly fact: string;
  readonly author: Service;
  readonly seq: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly source: string;
  readonly organisation: 'insured' | 'net-entreprises' | 'urssaf' | 'rsi' | 'cell' | null;
  readonly kind: IncomeKind;
  readonly year: number;
  readonly amount: string;
  /** What was priced: the amount, brought to a whole year where `annualised` says how, then to the days of activity where `shortened` does. */
  readonly retained: string;
  readonly annualised: PartOfYear | null;
  readonly shortened: PartOfYear | null;
  /** The partner's fact that brought it. */
  readonly heardFrom: Pick<RestsOn, 'fact' | 'author' | 'type' | 'effectiveOn' | 'recordedAt'> | null;
}

/** So many days of activity of a year of so many. */
export interface PartOfYear {
  readonly activeDays: number;
  readonly yearDays: number;
}

/** `GET my/instalments?from=2016-01-01&to=2016-12-31` (F29); without bounds, the civil year of the business day. */
export type InstalmentsPage = Page<{ readonly instalments: Part<Proven<readonly DueDate[]>> }>;

export interface DueDate extends Instalment {
  /** ISO 11649 creditor reference, to quote when paying. */
  readonly reference: string;
  /**
   * Once its day has passed: `late` when the standing says so, `awaited` while a payment may be on its way (I5), `covered` when money that
   * no debt took is enough for it.
   */
  readonly state: 'paid' | 'partly-paid' | 'due' | 'to-come' | 'late' | 'awaited' | 'covered';
}

/** `GET my/payments?from=&to=` (F31); without bounds, the civil year of the business day. Those on their way are among them. */
export type PaymentsPage = Page<{ readonly payments: Part<Proven<readonly Payment[]>> }>;

/** `GET my/readings`: who opened my account, in every service that holds some of it. */
export interface ReadingsPage {
  readonly today: string;
  /** Merged, latest first: what was read for one purpose within half an hour is one reading. */
  readonly readings: readonly Reading[];
  readonly parts: Readonly<Record<Service, Part<{ readonly count: number }>>>;
}

/** One opening of the account by an office. Which agent it was is for the auditor. */
export interface Reading {
  readonly firstAt: string;
  readonly lastAt: string;
  readonly organisation: string;
  readonly role: string;
  readonly funds: readonly string[];
  readonly purpose: string;
  readonly operations: readonly { readonly service: Service; readonly operation: string; readonly at: string }[];
}
