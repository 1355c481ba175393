import type { SystemClient } from '@isu/isu';
import { national } from '../two-people.js';

const atATime = 6;

/** Affiliates so many traders who begin on 1 January 2016; each has a flat first schedule to pay. Answers their accounts. */
export async function affiliate(client: SystemClient, count: number): Promise<string[]> {
  const accounts: string[] = [];
  for (let start = 0; start < count; start += atATime) {
    const ranks = Array.from({ length: Math.min(atATime, count - start) }, (_, index) => start + index);
    const answers = await Promise.all(
      ranks.map((rank) => client.post<{ account: string }>('/api/affiliation/v1/insured-persons', { as: national, json: trader(rank) })),
    );
    accounts.push(...answers.map(({ body }) => body.account));
  }
  return accounts;
}

/** Nobody: the commune 990 does not exist. */
function trader(rank: number): Record<string, string> {
  const month = String((rank % 12) + 1).padStart(2, '0');
  const body = `170${month}75990${String(Math.floor(rank / 12) + 1).padStart(3, '0')}`;
  const key = String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
  return {
    nir: `${body}${key}`,
    familyName: 'Épreuve',
    givenNames: 'Personne',
    birthDate: `1970-${month}-01`,
    group: 'commercant',
    regime: 'common',
    startedOn: '2016-01-01',
    department: '75',
    fund: '12',
  };
}
