import type { Group, Regime } from '@isu/contracts';
import type { Explained } from './explanation.js';
import type { Collaboration } from './family.js';
import type { Page, Part } from './parts.js';

/** `GET my/file`: general information in four parts (F12–F15). */
export type FilePage = Page<FileParts>;

export interface FileParts {
  readonly identity: Part<PersonIdentity>;
  readonly contact: Part<Contact>;
  readonly situation: Part<Situation>;
  readonly activities: Part<readonly Activity[]>;
  readonly businesses: Part<Businesses>;
  /** Null while the person gave none. */
  readonly bankDetails: Part<BankDetails> | null;
  readonly mandates: Part<readonly Mandate[]>;
}

/* As affiliation answers. */

export interface PersonIdentity {
  readonly account: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly nir: string;
}

export interface Contact {
  readonly version: number;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly changedAt: string;
  readonly changedBy: string | null;
}

export interface Situation {
  readonly on: string;
  readonly version: number;
  readonly state: 'pending' | 'active' | 'ended' | 'settled';
  readonly group: Group;
  readonly regime: Regime;
  readonly fund: string;
  readonly fundName: string;
  readonly department: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly endCause: string | null;
  /** After an end: the incomes that are not declared yet, and by when. */
  readonly lastIncomes: { readonly incomesOf: readonly number[]; readonly incomesBy: string } | null;
  /** Whose collaborating spouse the person is or was, oldest first. */
  readonly collaborations: readonly Collaboration[];
  readonly pensioner: boolean;
  readonly otherScheme: boolean;
  readonly taxedExOfficio: boolean;
  readonly settledOn: string | null;
}

export interface Activity {
  readonly id: number;
  readonly label: string | null;
  readonly naf: string | null;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly main: boolean;
}

export interface Businesses {
  readonly businesses: readonly { readonly siren: string; readonly legalFormLabel: string | null }[];
  readonly establishments: readonly Establishment[];
}

export interface Establishment {
  readonly siret: string;
  readonly naf: string | null;
  readonly nafLabel: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly main: boolean;
}

export interface BankDetails {
  readonly version: number;
  /** Masked. */
  readonly iban: string;
}

export interface Mandate {
  readonly rum: string;
  readonly ics: string;
  readonly signedOn: string;
  readonly revokedOn: string | null;
}

/** `GET my/mandate-text`: what is signed is what was read, by its digest. */
export interface MandateText {
  readonly rum: string;
  readonly text: string;
  readonly digest: string;
}

/** `GET my/documents`: notices and letters (S14), as they were issued. */
export type DocumentsPage = Page<{
  readonly notices: Part<{ readonly notices: readonly NoticeNumber[] }>;
  /** Written by collection, and by affiliation. */
  readonly aboutContributions: Part<{ readonly messages: readonly Message[] }>;
  readonly aboutAffiliation: Part<{ readonly messages: readonly Message[] }>;
}>;

export interface NoticeNumber {
  readonly year: number;
  readonly version: number;
  readonly issuedOn: string;
  readonly state: 'in-force' | 'replaced';
  readonly replacedBy: number | null;
}

export interface Message {
  readonly id: string;
  readonly channel: string;
  readonly subject: string;
  readonly text: string;
  readonly writtenOn: string;
  readonly state: string;
}

/** `GET my/fund` (F8, F9). */
export type FundPage = Page<{
  readonly fund: Part<Fund>;
  readonly news: Part<readonly News[]>;
  readonly messages: Part<readonly FundMessage[]>;
}>;

export interface Fund {
  readonly code: string;
  readonly name: string;
  readonly phone: string;
  readonly benefitsPhone: string;
  readonly address: string;
  readonly email: string;
  readonly openingHours: string;
}

export interface News {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: string;
}

export interface FundMessage {
  readonly reference: string;
  readonly subject: string;
  readonly receivedAt: string;
  readonly answerBy: string;
  readonly answeredAt: string | null;
  readonly text: string;
  readonly answer: string | null;
}

/** `GET my/guide?on=` (F11). */
export type GuidePage = Page<{ readonly guide: Part<readonly GuideText[]> }>;

export interface GuideText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly law: string;
}

/** `GET my/regulation?words=` (F10). */
export type RegulationPage = Page<{ readonly texts: Part<readonly RegulationText[]> }>;

export interface RegulationText {
  readonly id: string;
  readonly title: string;
  readonly law: string;
  readonly values: readonly {
    readonly label: string;
    readonly from: string;
    readonly until: string | null;
    readonly value: string;
    readonly source: string;
  }[];
}

/** `GET my/estimates` (F19); `POST my/acts/estimate-preview` and `…/estimate` answer an `EstimateEffect`. */
export type EstimatesPage = Page<{
  readonly estimates: Part<{ readonly estimates: readonly Estimate[] }>;
  readonly situation: Part<Situation>;
}>;

export interface Estimate {
  readonly year: number;
  readonly amount: string;
  readonly declaredOn: string;
  readonly state?: string;
}

export interface EstimateEffect {
  readonly year: number;
  readonly amount: string;
  readonly total: { readonly before: string | null; readonly after: string };
  readonly paid: string;
  readonly surplusKept: string;
  readonly instalments: readonly {
    readonly id: string;
    readonly dueOn: string;
    readonly before: string;
    readonly after: string;
    readonly paid: string;
    readonly lines: readonly ChangedLine[];
  }[];
  /** The lines of the year with their derivation, in a preview only. */
  readonly explanation?: Explained | null;
}

interface ChangedLine {
  readonly year: number;
  readonly code: string;
  readonly before: string;
  readonly after: string;
  readonly paid: string;
}

/** `GET my/periodicity` (F33): the calendar in force of the current year, null where nothing is called. */
export type PeriodicityPage = Page<{ readonly schedule: Part<{ readonly year: number; readonly periodicity: Periodicity }> | null }>;

export type Periodicity = 'monthly-5' | 'monthly-20' | 'quarterly';

/** `GET my/turnovers?year=` (F82, F83). */
export type TurnoversPage = Page<{ readonly turnovers: Part<TurnoversOfYear> }>;

export interface TurnoversOfYear {
  readonly year: number;
  readonly choice: { readonly fromYear: number; readonly rhythm: 'monthly' | 'quarterly'; readonly incomeTaxOption: boolean };
  readonly periods: readonly TurnoverPeriod[];
  readonly exit: unknown;
}

export interface TurnoverPeriod {
  /** `2016-05` or `2016-Q2`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly dueOn: string;
  readonly state: 'declared' | 'awaited' | 'missing' | 'to-come';
  readonly declarations: readonly {
    readonly fact: string;
    readonly activity: string;
    readonly amount: string;
    readonly declaredOn: string;
    readonly corrects: string | null;
    readonly explanation: Explained;
  }[];
  readonly inItsPlace: { readonly penalty: string; readonly provisional: string } | null;
}

/** `POST my/acts/cash-calendar` (N8). */
export interface CashCalendars {
  readonly calendars: readonly {
    readonly name: string;
    readonly income: string;
    readonly flows: readonly CashFlow[];
    readonly total: string;
  }[];
}

export interface CashFlow {
  readonly on: string;
  readonly kind: 'instalment' | 'refund';
  readonly amount: string;
  readonly lines: readonly { readonly year: number; readonly code: string; readonly amount: string }[];
}
