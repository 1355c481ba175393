import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MoneyRecord } from '@isu/contracts';
import { paymentsBatch, sendBatch, SystemClient, type Asker, type Receipt } from '@isu/isu';

/** Somebody who lives in the demonstration. */
export interface Inhabitant {
  readonly key: string;
  readonly name: string;
  readonly account: string;
}

/** An embedded system that the browser visits. */
export interface House {
  readonly url: string;
  readonly folder: string;
}

/** The one that open-house.mjs started for this run. */
export const house: House = { url: wanted('ISU_BROWSER_URL'), folder: wanted('ISU_BROWSER_FOLDER') };

export function wanted(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: these specs run in the Jest project "browser"`);
  return value;
}

export const national: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Essai' };
const operator: Asker = { role: 'operator' };

/** Of the demonstration, by the key of the persona. */
export function inhabitant(key: string): Inhabitant {
  const { people } = JSON.parse(readFileSync(join(house.folder, 'population.json'), 'utf8')) as { people: readonly Inhabitant[] };
  const found = people.find((person) => person.key === key);
  if (!found) throw new Error(`Nobody is called ${key} in the demonstration: ${people.map((person) => person.key).join(', ')}`);
  return found;
}

/** Urssaf tells of money in the next batch of its series, as the partner does; resolves when the batch is accepted. */
export async function urssafTells({ url, folder }: House, records: readonly MoneyRecord[]): Promise<void> {
  const client = new SystemClient(url);
  const flow = '/api/urssaf-sync/v1/flows/urssaf/payments';
  const { lastNumber } = (await client.get<{ lastNumber: number }>(flow, operator)).body;
  const last = lastNumber === 0 ? null : (await client.get<Receipt>(`${flow}/batches/${String(lastNumber)}/receipt`, operator)).body;
  const batch = paymentsBatch({
    number: lastNumber + 1,
    businessDate: '2016-05-20',
    previousDigest: last?.digest ?? null,
    records,
  });
  await sendBatch(client, batch, createPrivateKey(readFileSync(join(folder, 'partner-urssaf.pem'), 'utf8')));
}
