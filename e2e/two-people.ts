import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentsBatch, sendBatch, SystemClient, type Asker } from '@isu/isu';
import { eventually, personas, type Persona } from '@isu/testing';
import type { RunningSystem } from './running-system.js';

/** Two people of two caisses, known to every service; Karim has declared his income, was called, and has paid once. */
export interface TwoPeople {
  /** Of caisse 12, Île-de-France Centre. */
  readonly karim: string;
  /** Of caisse 26, Rhône. */
  readonly nadia: string;
}

export const national: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Essai' };
const operator: Asker = { role: 'operator' };

/** What an agent types; whole, with every optional field. */
export const demandFor = (persona: Persona, department: string): Record<string, unknown> => ({
  nir: persona.nir,
  familyName: persona.lastName,
  givenNames: persona.firstName,
  birthDate: persona.bornOn,
  group: persona.group,
  regime: 'common',
  startedOn: persona.startedOn,
  department,
  fund: persona.fund,
  email: persona.email,
  phone: '01 23 45 67 89',
  address: persona.address.line,
  iban: persona.iban,
  siret: persona.siret,
  activity: persona.activity,
  naf: persona.naf,
});

export async function moveIn(system: RunningSystem): Promise<TwoPeople> {
  const client = new SystemClient(system.url);
  const register = async (persona: Persona, department: string): Promise<string> => {
    const demand = { as: national, json: demandFor(persona, department) };
    return (await client.post<{ account: string }>('/api/affiliation/v1/insured-persons', demand)).body.account;
  };
  const [karim, nadia] = [await register(personas.karim, '93'), await register(personas.nadia, '69')];
  for (const account of [karim, nadia]) {
    for (const service of ['collection', 'benefits', 'urssaf-sync']) await seen(client, `/api/${service}/v1/accounts/${account}/view`);
  }
  await eventually(async () => (await client.get(`/api/collection/v1/accounts/${karim}/incomes`, national)).status === 200, patience);
  await client.post(`/api/collection/v1/accounts/${karim}/incomes`, {
    as: national,
    json: { year: 2015, amount: '26000', source: 'agent' },
  });
  await client.post('/api/collection/v1/runs/provisional', { as: operator, json: { year: 2016 } });
  await client.post('/api/collection/v1/accounting-days/2016-05-19/close', { as: operator });

  const key = createPrivateKey(readFileSync(join(system.folder, 'partner-urssaf.pem'), 'utf8'));
  const money = { type: 'payment', reference: 'URS-1', account: karim, amount: '100', valueOn: '2016-05-19', means: 'transfer' } as const;
  const batch = paymentsBatch({ number: 1, businessDate: '2016-05-19', previousDigest: null, records: [money] });
  await sendBatch(client, batch, key);
  await eventually(async () => {
    const { body } = await client.get<{ payments: unknown[] }>(`/api/collection/v1/accounts/${karim}/payments`, national);
    return body.payments.length === 1;
  }, patience);
  return { karim, nadia };
}

const patience = { withinMs: 15_000 };

const seen = (client: SystemClient, path: string) => eventually(async () => (await client.get(path, national)).status === 200, patience);
