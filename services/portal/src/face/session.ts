/** `GET session`: who is there, and the token that every other verb than GET must carry in the header `Isu-Csrf`. */
export interface SessionState {
  /** Changes at each sign-in and sign-out: ask for the session again afterwards, or take it from their answers. */
  readonly csrfToken: string;
  readonly who: Visitor;
  /** The business day, ISO. */
  readonly today: string;
  readonly doors: Doors;
}

/** What this installation offers to come in by. */
export interface Doors {
  /** `GET demo-people` and `POST demo-sessions` exist (development only). */
  readonly demo: boolean;
  /** The page `/courrier` shows the e-mails that were sent (embedded mode only). */
  readonly mailbox: boolean;
}

export type Visitor = Nobody | InsuredVisitor | AgentVisitor;

export interface Nobody {
  readonly kind: 'nobody';
}

/** A page of *Mon compte* that a status may hide (F85): its routes then answer 404, its screens “n’existe pas pour votre statut”. */
export type Tab = 'incomes' | 'contributions' | 'instalments' | 'declaration';

export interface InsuredVisitor extends SessionLimits {
  readonly kind: 'insured';
  readonly account: string;
  /** Given name and family name; null while affiliation does not answer. */
  readonly displayName: string | null;
  /** Micro-entrepreneurs: `incomes`, `contributions`, `instalments`; all others: `declaration`. */
  readonly hiddenTabs: readonly Tab[];
}

export interface AgentVisitor extends SessionLimits {
  readonly kind: 'agent';
  readonly name: string;
  readonly organisation: AgentOrganisation;
  readonly role: AgentRole;
  /** Codes of the funds (caisses) of a regional office; empty for a national one. */
  readonly funds: readonly string[];
}

export type AgentOrganisation = 'rsi' | 'urssaf' | 'cell' | 'isu' | 'operator';
export type AgentRole = 'agent' | 'agent-national' | 'prevention-officer' | 'mediator' | 'auditor' | 'operator';

export interface SessionLimits {
  /** Instant (ISO) at which the session ends whatever happens. */
  readonly endsAt: string;
  /** Without a request for so long, it ends before. */
  readonly idleMinutes: number;
}

/** `POST account-openings`, body. Answered 202 with the same words whoever is named, known or not. */
export interface AccountOpeningRequest {
  /** 15 characters; spaces are accepted. */
  readonly nir: string;
  readonly email: string;
}

/** `POST password-resets`, body. Answered 202 with the same words, known or not. */
export interface PasswordResetRequest {
  readonly email: string;
}

/** What those two answer. */
export interface Accepted {
  /** What happens now, in French: the same for everybody. */
  readonly says: string;
}

/** `POST one-time-links/check`, body: the token of the link's address (after `#`, which never reaches a server's log) or the code of a letter. */
export interface OneTimeTokenRequest {
  readonly token: string;
}

/** Its answer; a link or a code that is used, late or unknown is refused with one problem, `link-not-usable` (410). */
export interface OneTimeLink {
  /** `link`: came by e-mail, which is thereby confirmed. `letter`: came by post; the person types their e-mail with the password. */
  readonly kind: 'link' | 'letter';
  /** Instant (ISO). */
  readonly endsAt: string;
  readonly passwordRules: PasswordRules;
}

export interface PasswordRules {
  readonly minLength: number;
  readonly maxLength: number;
  /** In French. */
  readonly says: string;
}

/** `POST passwords`, body. Answers the `SessionState` of the person, who is signed in; every other session of theirs is ended. */
export interface PasswordRequest {
  readonly token: string;
  readonly password: string;
  /** Required with the code of a letter, refused with a link. */
  readonly email?: string;
}

/** `POST sessions`, body. Answers `SessionState`; refusals: `sign-in-refused` (401), `too-many-requests` (429, `Retry-After`). */
export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}

/** `GET demo-people`. */
export interface DemoPeople {
  readonly people: readonly { readonly account: string; readonly name: string; readonly about: string }[];
}

/** `POST demo-sessions`, body. Answers `SessionState`. */
export interface DemoSessionRequest {
  readonly account: string;
}

/** Every refusal of the API (RFC 9457), `application/problem+json`. `title` and `detail` are for people, `code` for programs. */
export interface Refused {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What to quote when asking for help. */
  readonly instance: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly accepted: string }[];
}
