import type { Asker, SystemClient } from '@isu/isu';
import { inventedNir } from '@isu/testing';

const atATime = 8;

/**
 * Affiliates so many invented traders who begin on 1 January 2016, 11 988 at most: each has a flat first schedule to pay. Answers their
 * account numbers. For what sends payments in numbers: the bench, and the trial of the distributed system.
 */
export async function affiliateTraders(client: SystemClient, count: number, agent: Asker): Promise<string[]> {
  const accounts: string[] = [];
  for (let start = 0; start < count; start += atATime) {
    const ranks = Array.from({ length: Math.min(atATime, count - start) }, (_, index) => start + index);
    const answers = await Promise.all(
      ranks.map((rank) => client.post<{ account: string }>('/api/affiliation/v1/insured-persons', { as: agent, json: trader(rank) })),
    );
    accounts.push(...answers.map(({ body }) => body.account));
  }
  return accounts;
}

/** Twelve months of birth and 999 ranks. */
function trader(rank: number): Record<string, string> {
  const birthDate = `1970-${String((rank % 12) + 1).padStart(2, '0')}-01`;
  return {
    nir: inventedNir({ sex: 'M', bornOn: birthDate, department: '75', rank: Math.floor(rank / 12) + 1 }),
    familyName: 'Épreuve',
    givenNames: 'Personne',
    birthDate,
    group: 'commercant',
    regime: 'common',
    startedOn: '2016-01-01',
    department: '75',
    fund: '12',
  };
}
