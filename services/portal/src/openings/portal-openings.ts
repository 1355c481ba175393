import type { PersonCard } from '../face/my-account.js';
import { Unanswered, type Services, type Voice } from '../questions/services.js';

/** Whether Mon compte is open to a profession, as affiliation says it (F5). */
export interface Opening {
  readonly group: string;
  readonly opensOn: string | null;
  readonly open: boolean;
  /** Where to go meanwhile. */
  readonly instead: string | null;
}

/** The account under which a person goes on, where theirs was a second one that was withdrawn; their own while affiliation does not say. */
export async function standingAccountOf(services: Services, account: string, voice: Voice): Promise<string> {
  try {
    const card = await services.ask<Pick<PersonCard, 'mergedInto'>>({ service: 'affiliation', path: `insured-persons/${account}` }, voice);
    return card.mergedInto ?? account;
  } catch (fault) {
    if (fault instanceof Unanswered) return account;
    throw fault;
  }
}

/** That of this person's profession; null for a profession that affiliation says nothing of. */
export async function openingFor(services: Services, account: string, voice: Voice): Promise<Opening | null> {
  const [{ group }, openings] = await Promise.all([
    services.ask<Pick<PersonCard, 'group'>>({ service: 'affiliation', path: `insured-persons/${account}` }, voice),
    services.ask<readonly Opening[]>({ service: 'affiliation', path: 'portal-openings' }, voice),
  ]);
  return openings.find((one) => one.group === group) ?? null;
}
