import type { SystemClient } from '@isu/isu';

const atATime = 8;

/** Affiliates so many traders who start this year: each has a flat first schedule to pay. Answers their account numbers. */
export async function affiliate(client: SystemClient, count: number): Promise<string[]> {
  const agent = { role: 'agent-national', org: 'rsi', purpose: 'Mesure' };
  const accounts: string[] = [];
  for (let start = 0; start < count; start += atATime) {
    const ranks = Array.from({ length: Math.min(atATime, count - start) }, (_, i) => start + i);
    const answers = await Promise.all(
      ranks.map((rank) => client.post<{ account: string }>('/api/affiliation/v1/insured-persons', { as: agent, json: trader(rank) })),
    );
    accounts.push(...answers.map(({ body }) => body.account));
  }
  return accounts;
}

/** Nobody: the commune 990 does not exist. Twelve months of birth and 999 ranks give 11 988 of them. */
function trader(rank: number): Record<string, string> {
  const month = String((rank % 12) + 1).padStart(2, '0');
  const body = `170${month}75990${String(Math.floor(rank / 12) + 1).padStart(3, '0')}`;
  const key = 97 - Number(BigInt(body) % 97n);
  return {
    nir: `${body}${String(key).padStart(2, '0')}`,
    familyName: 'Mesure',
    givenNames: 'Personne',
    birthDate: `1970-${month}-01`,
    group: 'commercant',
    regime: 'common',
    startedOn: '2016-01-01',
    department: '75',
    fund: '12',
  };
}
