import type { Identity, Organisation, Role } from '../tokens/claims.js';

/** A role, told apart by organisation where the organisations may not see the same things. */
export const actors = [
  'insured',
  'third-party',
  'rsi-agent',
  'rsi-agent-national',
  'urssaf-agent',
  'urssaf-agent-national',
  'cell-agent',
  'prevention-officer',
  'mediator',
  'auditor',
  'partner-system',
  'operator',
  'service',
] as const;
export type Actor = (typeof actors)[number];

const agents: Readonly<Partial<Record<Organisation, Actor>>> = { rsi: 'rsi-agent', urssaf: 'urssaf-agent', cell: 'cell-agent' };
const nationalAgents: Readonly<Partial<Record<Organisation, Actor>>> = { rsi: 'rsi-agent-national', urssaf: 'urssaf-agent-national' };

type RoleOfEveryOrganisation = Exclude<Role, 'agent' | 'agent-national'>;

/** Null for a pair that no organisation gives; the claims are refused long before. */
export function actorOf({ role, org }: Pick<Identity, 'role' | 'org'>): Actor | null {
  if (role === 'agent') return agents[org] ?? null;
  if (role === 'agent-national') return nationalAgents[org] ?? null;
  return role satisfies RoleOfEveryOrganisation;
}
