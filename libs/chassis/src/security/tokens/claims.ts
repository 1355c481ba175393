import { AccountNumber } from '@isu/values';

/** The claims of a token, frozen in `docs/security-tokens.md`. */
export const organisations = ['rsi', 'urssaf', 'cell', 'partner', 'operator', 'isu'] as const;
export type Organisation = (typeof organisations)[number];

export const roles = [
  'insured',
  'third-party',
  'agent',
  'agent-national',
  'prevention-officer',
  'mediator',
  'auditor',
  'partner-system',
  'operator',
  'service',
] as const;
export type Role = (typeof roles)[number];

/** Which organisations may give a role. A token that pairs them otherwise is refused, whoever signed it. */
export const organisationsOf: Readonly<Record<Role, readonly Organisation[]>> = {
  insured: ['isu'],
  'third-party': ['isu'],
  agent: ['rsi', 'urssaf', 'cell'],
  'agent-national': ['rsi', 'urssaf'],
  'prevention-officer': ['rsi'],
  mediator: ['rsi'],
  auditor: ['rsi', 'urssaf', 'isu'],
  'partner-system': ['partner'],
  operator: ['operator'],
  service: ['isu'],
};

/** Whoever a request is made for: a person, a partner's system, or one of our services working by itself. */
export interface Identity {
  readonly sub: string;
  readonly org: Organisation;
  readonly role: Role;
  /** Fund codes 01–29 of a regional role; empty for every other. */
  readonly funds: readonly string[];
  readonly account: string | null;
  readonly purpose: string | null;
}

export interface Subject extends Identity {
  /** The services that carry the request on the subject's behalf, nearest first; empty when the subject calls by itself. */
  readonly via: readonly string[];
}

/** Why a token was refused: for our log, never for the caller, who would learn what to forge next. */
export class TokenRefused extends Error {
  constructor(readonly reason: string) {
    super(`Token refused: ${reason}`);
  }
}

const regionalRoles: readonly Role[] = ['agent', 'prevention-officer', 'mediator'];
const fundPattern = /^(0[1-9]|1\d|2\d)$/;
const subPattern = /^[\x21-\x7e]{1,255}$/;
const servicePattern = /^service:[a-z][a-z-]{0,40}$/;
const partnerPattern = /^partner:([a-z][a-z0-9-]{0,40})$/;
const maxCarriers = 4;

type Claims = Readonly<Record<string, unknown>>;

/** Reads the claims of a token whose signature holds; throws `TokenRefused` on the first that is missing or misshapen. */
export function readClaims(claims: Claims): Subject {
  const carrier = identityOf(claims, claims.sub);
  if (carrier.role !== 'service') {
    need(claims.act === undefined && claims.origin === undefined, 'act');
    return { ...carrier, via: [] };
  }
  const via = carriersOf(claims.act);
  if (claims.origin === undefined) {
    need(via.length === 1 && via[0] === carrier.sub, 'act');
    return { ...carrier, via: [] };
  }
  need(isObject(claims.origin), 'origin');
  const origin = identityOf(claims.origin, claims.sub);
  need(origin.role !== 'service', 'origin');
  return { ...origin, via };
}

/** The partner a partner's system speaks for: its `sub` is `partner:<name>`. */
export const partnerOf = (identity: Identity): string | null => partnerPattern.exec(identity.sub)?.[1] ?? null;

/** A reason given for reading: 3 to 200 printable characters. It is kept in the journal and shown to the person, never logged. */
export function isPurpose(text: unknown): text is string {
  return typeof text === 'string' && text.trim() === text && /^[^\p{C}\p{Zl}\p{Zp}]{3,200}$/u.test(text);
}

function identityOf(claims: Claims, sub: unknown): Identity {
  const role = roles.find((known) => known === claims.role) ?? refuse('role');
  const org = organisationsOf[role].find((known) => known === claims.org) ?? refuse('org');
  need(typeof sub === 'string' && subPattern.test(sub), 'sub');
  if (role === 'partner-system') need(partnerPattern.test(sub), 'sub');
  if (role === 'service' && claims.origin === undefined) need(servicePattern.test(sub), 'sub');
  const purpose = claims.purpose ?? null;
  need(purpose === null || isPurpose(purpose), 'purpose');
  return { sub, org, role, funds: fundsOf(claims.funds ?? [], role), account: accountOf(claims.account ?? null, role), purpose };
}

function fundsOf(funds: unknown, role: Role): readonly string[] {
  need(Array.isArray(funds) && funds.every((fund) => typeof fund === 'string' && fundPattern.test(fund)), 'funds');
  need(new Set(funds).size === funds.length, 'funds');
  need(regionalRoles.includes(role) === funds.length > 0, 'funds');
  return funds;
}

function accountOf(account: unknown, role: Role): string | null {
  if (account === null && role !== 'insured') return null;
  const holder = role === 'insured' || role === 'third-party';
  need(holder && typeof account === 'string' && AccountNumber.check(account), 'account');
  return account;
}

/** The chain of RFC 8693: `act` is the nearest carrier, its own `act` the one before. */
function carriersOf(act: unknown): string[] {
  const carriers: string[] = [];
  for (let next = act; next !== undefined;) {
    need(isObject(next) && carriers.length < maxCarriers, 'act');
    const { sub } = next;
    need(typeof sub === 'string' && servicePattern.test(sub), 'act');
    carriers.push(sub);
    next = next.act;
  }
  need(carriers.length > 0, 'act');
  return carriers;
}

const isObject = (value: unknown): value is Claims => typeof value === 'object' && value !== null && !Array.isArray(value);

function need(condition: boolean, claim: string): asserts condition {
  if (!condition) refuse(claim);
}

function refuse(claim: string): never {
  throw new TokenRefused(`claim-${claim}`);
}
