import type { Identity } from '../tokens/claims.js';
import { partnerOf } from '../tokens/claims.js';
import type { Relation } from './policy.js';

/** How far the one who asks can see, for this operation: what a query must filter by, and what row-level security is told. */
export type Reach =
  | { readonly kind: 'everything' }
  | { readonly kind: 'funds'; readonly funds: readonly string[] }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'partner'; readonly partner: string }
  | { readonly kind: 'nothing' };

export type Aim = { readonly account: string } | { readonly fund: string } | { readonly partner: string };

const everything: Reach = { kind: 'everything' };
const nothing: Reach = { kind: 'nothing' };

export function reachOf(relation: Relation, identity: Identity): Reach {
  if (relation === 'own') return ownReach(identity);
  if (relation === 'region') return identity.funds.length > 0 ? { kind: 'funds', funds: identity.funds } : nothing;
  if (relation === 'national') return identity.role === 'agent-national' ? everything : nothing;
  if (relation === 'service') return identity.role === 'service' ? everything : nothing;
  return everything;
}

function ownReach(identity: Identity): Reach {
  const partner = identity.role === 'partner-system' ? partnerOf(identity) : null;
  if (partner !== null) return { kind: 'partner', partner };
  return identity.account === null ? nothing : { kind: 'account', account: identity.account };
}

/** The fund is the first two digits of the account number. */
export const fundOf = (account: string): string => account.slice(0, 2);

export function reaches(reach: Reach, aim: Aim): boolean {
  if (reach.kind === 'everything') return true;
  if ('account' in aim) {
    return reach.kind === 'account' ? reach.account === aim.account : reach.kind === 'funds' && reach.funds.includes(fundOf(aim.account));
  }
  if ('fund' in aim) return reach.kind === 'funds' && reach.funds.includes(aim.fund);
  return reach.kind === 'partner' && reach.partner === aim.partner;
}
