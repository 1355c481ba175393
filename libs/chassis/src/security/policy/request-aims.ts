import { AccountNumber, InvalidValue } from '@isu/values';
import type { Request } from 'express';
import { invalidRequest } from '../../problems/standard-refusals.js';
import { isPurpose } from '../tokens/claims.js';
import type { AimSource, RouteAims } from './allowed.js';
import type { Target } from './reach.js';

/** What the request says it is about. A number that cannot be an account's is bad input (400) whoever asks: its key tells, not our books. */
export function aimsOf(request: Request, { account, fund, partner }: RouteAims): Target[] {
  const aims: Target[] = [];
  const accountText = account && textAt(request, account);
  if (account && accountText !== undefined) aims.push({ account: accountNumber(accountText, fieldOf(account)) });
  const fundText = fund && textAt(request, fund);
  if (fundText !== undefined) aims.push({ fund: fundText });
  const partnerText = partner && textAt(request, partner);
  if (partnerText !== undefined) aims.push({ partner: partnerText });
  return aims;
}

/** The reason given with this request, else the one in the token. Percent-encoded UTF-8, since headers carry no accents. */
export function purposeOf(request: Request, fromToken: string | null): string | null {
  const header = request.headers['isu-purpose'];
  if (header === undefined) return fromToken;
  const text = decoded(String(header));
  if (!isPurpose(text)) throw invalidRequest([{ field: 'Isu-Purpose', code: 'purpose', accepted: acceptedPurpose }]);
  return text;
}

export const acceptedPurpose = 'le motif de la consultation, de 3 à 200 caractères, en UTF-8 encodé par « % »';

function accountNumber(text: string, field: string): string {
  try {
    return AccountNumber.of(text).toString();
  } catch (fault) {
    if (!(fault instanceof InvalidValue)) throw fault;
    throw invalidRequest([{ field, code: fault.code, accepted: fault.accepted }]);
  }
}

/** Undefined when the request leaves it out: the route's own validation says whether it may. */
function textAt(request: Request, source: AimSource): string | undefined {
  const field = fieldOf(source);
  const holder = holderOf(request, source);
  const value =
    typeof holder === 'object' && holder !== null && Object.hasOwn(holder, field) ? (holder as Record<string, unknown>)[field] : undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidRequest([{ field, code: 'text', accepted: 'un texte, une seule fois' }]);
  return value;
}

function holderOf(request: Request, source: AimSource): unknown {
  if (source.startsWith('param:')) return request.params;
  return source.startsWith('query:') ? request.query : request.body;
}

const fieldOf = (source: AimSource): string => source.slice(source.indexOf(':') + 1);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
