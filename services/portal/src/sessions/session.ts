import type { AgentOrganisation, AgentRole } from '../face/session.js';

/** Where an agent works, as their token said when they signed in. */
export interface Office {
  readonly name: string;
  readonly organisation: AgentOrganisation;
  readonly role: AgentRole;
  readonly funds: readonly string[];
}

/** Who has signed in. */
export type SignedIn =
  | { readonly kind: 'insured'; readonly account: string }
  | { readonly kind: 'agent'; readonly subject: string; readonly office: Office };

export type Session = SignedIn & {
  readonly id: string;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
};

export type InsuredSession = Extract<Session, { kind: 'insured' }>;
export type AgentSession = Extract<Session, { kind: 'agent' }>;

export const idleMinutes = 30;
const minuteMs = 60_000;

/** Whatever one does: two hours for a person, who may sit anywhere; a working day for an agent. */
const longestMinutes: Readonly<Record<Session['kind'], number>> = { insured: 120, agent: 480 };

export const endOf = (kind: Session['kind'], now: Date): Date => new Date(now.getTime() + longestMinutes[kind] * minuteMs);

export function isLive({ lastSeenAt, endsAt }: Session, now: Date): boolean {
  return now < endsAt && now.getTime() - lastSeenAt.getTime() < idleMinutes * minuteMs;
}

/** Written once a minute at most: a page that asks ten things is not ten writes. */
export const isWorthNoting = ({ lastSeenAt }: Session, now: Date): boolean => now.getTime() - lastSeenAt.getTime() >= minuteMs;
