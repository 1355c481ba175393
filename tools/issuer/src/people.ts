import type { Organisation, Role } from '@isu/chassis';

/** Somebody who can be chosen on the development login page: no password, nobody real. */
export interface DevelopmentPerson {
  readonly sub: string;
  readonly name: string;
  readonly org: Organisation;
  readonly role: Role;
  readonly funds?: readonly string[];
  readonly account?: string;
  readonly purpose?: string;
}

/** Asked each time: the demo population grows while the issuer runs. */
export type PeopleSource = () => readonly DevelopmentPerson[] | Promise<readonly DevelopmentPerson[]>;

/** Agents of every office, for a tour of what each may see. Fund 13: Île-de-France Est; 26: Rhône; 29: liberal professions. */
export const developmentAgents: readonly DevelopmentPerson[] = [
  { sub: 'rsi:odile', name: 'Odile Marchand, agent RSI, Île-de-France Est', org: 'rsi', role: 'agent', funds: ['13'] },
  { sub: 'rsi:bruno', name: 'Bruno Ferrand, agent RSI, Rhône', org: 'rsi', role: 'agent', funds: ['26'] },
  { sub: 'rsi:claire', name: 'Claire Vasseur, agent RSI, professions libérales', org: 'rsi', role: 'agent', funds: ['29'] },
  { sub: 'rsi:helene', name: 'Hélène Royer, agent RSI, national', org: 'rsi', role: 'agent-national' },
  { sub: 'urssaf:karim', name: 'Karim Benali, agent Urssaf, Île-de-France Est', org: 'urssaf', role: 'agent', funds: ['13'] },
  { sub: 'urssaf:sophie', name: 'Sophie Lemoine, agent Urssaf, national', org: 'urssaf', role: 'agent-national' },
  { sub: 'cell:yann', name: 'Yann Le Goff, cellule mixte, Île-de-France Est', org: 'cell', role: 'agent', funds: ['13'] },
  { sub: 'cell:ines', name: 'Inès Moreau, cellule mixte, Île-de-France Est', org: 'cell', role: 'agent', funds: ['13'] },
  { sub: 'rsi:mireille', name: 'Mireille Aubry, médiatrice, Île-de-France Est', org: 'rsi', role: 'mediator', funds: ['13'] },
  { sub: 'isu:paul', name: 'Paul Garnier, auditeur', org: 'isu', role: 'auditor' },
  { sub: 'operator:lea', name: 'Léa Caron, exploitation', org: 'operator', role: 'operator' },
];

export function claimsOf({ sub, org, role, funds, account, purpose }: DevelopmentPerson): Record<string, unknown> {
  return { sub, org, role, funds: funds ?? [], ...(account ? { account } : {}), ...(purpose ? { purpose } : {}) };
}
