import { FormalitiesCentre, SaidNo, type SystemClient } from '@isu/isu';
import { inventedNir } from '@isu/testing';

const startedOn = '2016-01-01';

/**
 * Affiliates so many invented traders who begin on 1 January 2016, 11 988 at most, by a file of formalities: each has a flat first schedule to
 * pay. Answers their account numbers. For what sends payments in numbers: the bench, and the trial of the distributed system.
 */
export async function affiliateTraders(client: SystemClient, count: number): Promise<string[]> {
  const outcomes = await new FormalitiesCentre(client, 'epreuve').tell(
    Array.from({ length: count }, (_, rank) => trader(rank)),
    startedOn,
  );
  return outcomes.map(({ account, code }) => {
    if (account === null) throw new SaidNo(422, { detail: `Une personne de l’épreuve n’est pas affiliée : ${code ?? ''}` });
    return account;
  });
}

/** Twelve months of birth and 999 ranks. */
function trader(rank: number) {
  const birthDate = `1970-${String((rank % 12) + 1).padStart(2, '0')}-01`;
  return {
    ...{ type: 'creation', reference: `P0-${String(rank)}`, familyName: 'Épreuve', givenNames: 'Personne', birthDate },
    nir: inventedNir({ sex: 'M', bornOn: birthDate, department: '75', rank: Math.floor(rank / 12) + 1 }),
    ...{ register: 'registre-du-commerce', regime: 'common', startedOn, department: '75' },
  };
}
