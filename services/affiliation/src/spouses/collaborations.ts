import type { FactData, SpouseOption } from '@isu/contracts';
import type { EntityManager } from 'typeorm';

/**
 * Whose collaborating spouse somebody is, as their own file has it: their contributions are called on the account of the head, and
 * nothing on theirs; the rights are their own (conjoint collaborateur; collection.md 1.4).
 */
export interface Collaboration {
  readonly headAccount: string;
  readonly from: string;
  /** Last day of the collaboration; null while it goes on. */
  readonly to: string | null;
  /** The bases of the contributions, each from its day on. */
  readonly options: readonly { readonly option: SpouseOption; readonly from: string }[];
}

/** What was said on the account of a head. */
export interface SaidOfHead extends FactData<'affiliation.spouse-linked.v1'> {
  readonly headAccount: string;
}

/** What the heads' accounts say of one spouse, in the order in which it was said. */
export function collaborationsOf(said: readonly SaidOfHead[]): Collaboration[] {
  return said.reduce<readonly Collaboration[]>((collaborations, { headAccount, option, from, to }) => {
    const going = collaborations.find((one) => one.headAccount === headAccount && one.to === null);
    const others = collaborations.filter((one) => one !== going);
    if (!going) return [...others, { headAccount, from, to: to ?? null, options: [{ option, from }] }];
    if (to !== undefined) return [...others, { ...going, to }];
    return [...others, { ...going, options: [...going.options.filter((one) => one.from < from), { option, from }] }];
  }, []) as Collaboration[];
}

/** Read from our own facts: the rows of the head are out of the spouse's reach, and only what concerns the spouse is told. */
export async function findCollaborations(tx: Pick<EntityManager, 'query'>, spouse: string): Promise<Collaboration[]> {
  const said = (await tx.query(
    `SELECT stream AS "headAccount", envelope->'data'->>'option' AS option, envelope->'data'->>'from' AS "from", envelope->'data'->>'to' AS "to"
       FROM fact WHERE author = 'affiliation' AND type = 'affiliation.spouse-linked.v1' AND envelope->'data'->>'spouseAccount' = $1
      ORDER BY recorded_at, stream, seq`,
    [spouse],
  )) as (Omit<SaidOfHead, 'to'> & { to: string | null })[];
  return collaborationsOf(said.map(({ to, ...one }) => ({ ...one, ...(to !== null && { to }) })));
}
