import { SystemClient } from '@isu/isu';
import { eventually, inventedNir } from '@isu/testing';
import { national, type House, type Inhabitant } from './house.js';

/** Somebody invented who moves in while the browser looks: nobody of the demonstration is changed by it. */
export interface Newcomer extends Inhabitant {
  readonly nir: string;
  readonly email: string;
}

interface Papers {
  /** Tells newcomers apart. */
  readonly rank: number;
  readonly familyName: string;
  readonly regime?: 'common' | 'micro-social';
}

const givenNames = 'Dominique';
const bornOn = '1980-06-15';

/** Affiliated by an agent of fund 13, and known to every service. */
export async function moveIn({ url }: House, { rank, familyName, regime = 'common' }: Papers): Promise<Newcomer> {
  const client = new SystemClient(url);
  const nir = nirOfNewcomer(rank);
  const email = `${familyName.toLowerCase()}@courriel.example`;
  const { body } = await client.post<{ account: string }>('/api/affiliation/v1/insured-persons', {
    as: national,
    json: {
      nir,
      familyName,
      givenNames,
      birthDate: bornOn,
      group: 'commercant',
      regime,
      startedOn: '2014-03-01',
      department: '94',
      fund: '13',
      email,
    },
  });
  for (const service of ['collection', 'benefits', 'urssaf-sync']) {
    const view = `/api/${service}/v1/accounts/${body.account}/view`;
    await eventually(async () => (await client.get(view, national)).status === 200, { withinMs: 20_000, everyMs: 100 });
  }
  return { key: familyName, name: `${givenNames} ${familyName}`, account: body.account, nir, email };
}

export const nirOfNewcomer = (rank: number): string => inventedNir({ sex: 'M', bornOn, department: '75', rank });
