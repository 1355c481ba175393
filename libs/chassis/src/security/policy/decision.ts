import type { Identity } from '../tokens/claims.js';
import { actorOf } from './actors.js';
import type { Operation } from './operations.js';
import { effectOf, openingOf, type Relation } from './policy.js';
import { reaches, reachOf, type Aim, type Reach } from './reach.js';

export type Decision =
  | { readonly effect: 'allow' | 'mask'; readonly relation: Relation; readonly reach: Reach }
  /** `function`: closed to this actor, said as 403. `scope`: open, but not for this target, which then looks absent: 404. */
  | { readonly effect: 'deny'; readonly because: 'function' | 'scope' };

/** The whole judgement, pure: what the policy says of this identity, this operation and these targets, on a day. */
export function decide(identity: Identity, operation: Operation, aims: readonly Aim[], today: string): Decision {
  const actor = actorOf(identity);
  const relation = actor && openingOf(operation, actor);
  if (!actor || !relation) return { effect: 'deny', because: 'function' };
  const reach = reachOf(relation, identity, today);
  if (reach.kind === 'nothing' || !aims.every((aim) => reaches(reach, aim))) return { effect: 'deny', because: 'scope' };
  const effect = effectOf(operation, actor, relation);
  return effect === 'deny' ? { effect, because: 'function' } : { effect, relation, reach };
}

/** Whether this use must enter the journal: other people's data, read by or for a person. One's own account needs no entry. */
export function mustJournal(identity: Identity, relation: Relation, personal: boolean): boolean {
  return personal && relation !== 'own' && identity.role !== 'service';
}
