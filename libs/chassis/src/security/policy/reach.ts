import type { Identity } from '../tokens/claims.js';
import { partnerOf } from '../tokens/claims.js';
import type { HoldingFunds } from './holding-funds.js';
import type { Relation } from './policy.js';

/** How far the one who asks can see, for this operation: what a query must filter by, and what row-level security is told. */
export type Reach =
  | { readonly kind: 'everything' }
  /** The accounts that these caisses hold on this day. */
  | { readonly kind: 'funds'; readonly funds: readonly string[]; readonly on: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'partner'; readonly partner: string }
  | { readonly kind: 'nothing' };

/** What somebody asks about. */
export type Target = { readonly account: string } | { readonly fund: string } | { readonly partner: string };
/** The same with what must be known to judge: the caisse that holds the account today. */
export type Aim = { readonly account: string; readonly heldBy: string } | { readonly fund: string } | { readonly partner: string };

const everything: Reach = { kind: 'everything' };
const nothing: Reach = { kind: 'nothing' };

export function reachOf(relation: Relation, identity: Identity, today: string): Reach {
  if (relation === 'own') return ownReach(identity);
  if (relation === 'region') return identity.funds.length > 0 ? { kind: 'funds', funds: identity.funds, on: today } : nothing;
  if (relation === 'national') return identity.role === 'agent-national' ? everything : nothing;
  if (relation === 'service') return identity.role === 'service' ? everything : nothing;
  return everything;
}

function ownReach(identity: Identity): Reach {
  const partner = identity.role === 'partner-system' ? partnerOf(identity) : null;
  if (partner !== null) return { kind: 'partner', partner };
  return identity.account === null ? nothing : { kind: 'account', account: identity.account };
}

export function reaches(reach: Reach, aim: Aim): boolean {
  if (reach.kind === 'everything') return true;
  if ('account' in aim) {
    return reach.kind === 'account' ? reach.account === aim.account : reach.kind === 'funds' && reach.funds.includes(aim.heldBy);
  }
  if ('fund' in aim) return reach.kind === 'funds' && reach.funds.includes(aim.fund);
  return reach.kind === 'partner' && reach.partner === aim.partner;
}

/** Who holds an account counts only for who sees by caisse: nobody else's question costs a look. */
export async function aimedAt(targets: readonly Target[], seesByFund: boolean, holding: HoldingFunds): Promise<Aim[]> {
  const accounts = targets.flatMap((target) => ('account' in target ? [target.account] : []));
  const funds = seesByFund ? await holding.of(accounts) : [];
  const heldBy = new Map(accounts.map((account, rank) => [account, funds[rank] ?? '']));
  return targets.map((target) => ('account' in target ? { ...target, heldBy: heldBy.get(target.account) ?? '' } : target));
}
