import { SaidNo, type SystemClient } from '../system-client.js';
import { inLanes, onceKnown } from './declaring.js';
import { agent, type Inhabitant } from './moving-in.js';

interface Doors {
  readonly client: SystemClient;
  readonly seed: number;
}

/**
 * Who pays by direct debit gives an IBAN and signs the mandate; who pays by transfer chooses the quarters, since monthly payments are debited.
 * Said again, it is what was said. Micro-entrepreneurs pay with what they declare.
 */
export async function settleHowTheyPay({ client, seed }: Doors, inhabitants: readonly Inhabitant[]): Promise<void> {
  const common = inhabitants.filter(({ person }) => person.regime === 'common');
  await inLanes(common, async ({ account, person }) => {
    if (person.payer.means === 'direct-debit') return signMandate(client, { account, iban: person.iban, key: `mandate-${String(seed)}-${String(person.rank)}` }); // prettier-ignore
    const path = `/api/collection/v1/accounts/${account}/periodicity`;
    await onceKnown(() => client.ask('PUT', path, { as: agent, json: { periodicity: 'quarterly' } })).catch(unlessRefused);
  });
}

async function signMandate(client: SystemClient, { account, iban, key }: { account: string; iban: string; key: string }): Promise<void> {
  const [as, person] = [{ role: 'insured', account }, `/api/affiliation/v1/insured-persons/${account}`];
  try {
    await client.ask('PUT', `${person}/bank-details`, { as, json: { iban } });
    const { digest } = (await client.get<{ digest: string }>(`${person}/mandate-text`, as)).body;
    await client.post(`${person}/mandates`, { as, json: { digest, accepted: true }, key });
  } catch (error) {
    unlessRefused(error);
  }
}

/** A mandate is in force already, or the activity has ended: nothing more is to be said. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof SaidNo) || error.status !== 409) throw error;
}
