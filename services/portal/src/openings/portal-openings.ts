import type { PersonCard } from '../face/my-account.js';
import type { Services, Voice } from '../questions/services.js';

/** Whether Mon compte is open to a profession, as affiliation says it (F5). */
export interface Opening {
  readonly group: string;
  readonly opensOn: string | null;
  readonly open: boolean;
  /** Where to go meanwhile. */
  readonly instead: string | null;
}

/** That of this person's profession; null for a profession that affiliation says nothing of. */
export async function openingFor(services: Services, account: string, voice: Voice): Promise<Opening | null> {
  const [{ group }, openings] = await Promise.all([
    services.ask<Pick<PersonCard, 'group'>>({ service: 'affiliation', path: `insured-persons/${account}` }, voice),
    services.ask<readonly Opening[]>({ service: 'affiliation', path: 'portal-openings' }, voice),
  ]);
  return openings.find((one) => one.group === group) ?? null;
}
