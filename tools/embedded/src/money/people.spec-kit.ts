export type Claims = Readonly<Record<string, unknown>>;

const cell = (rank: number): Claims => ({ sub: `cell:${rank}`, org: 'cell', role: 'agent', funds: ['13'], purpose: 'Essai' });
export const people = {
  agent: cell(1),
  colleague: cell(2),
  rsi: { sub: 'rsi:1', org: 'rsi', role: 'agent-national', purpose: 'Essai' },
  operator: { sub: 'operator:1', org: 'operator', role: 'operator' },
  urssaf: { sub: 'partner:urssaf', org: 'partner', role: 'partner-system', partner: 'urssaf' },
  service: { sub: 'service:benefits', org: 'isu', role: 'service', act: { sub: 'service:benefits' } },
  insured: (account: string): Claims => ({ sub: `insured:${account}`, org: 'isu', role: 'insured', account }),
} as const;
