import type { Group } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { accountsOfNir } from '../insured-persons/insured-person.table.js';
import type { SearchKeys } from './search-keys.js';

export interface SealedPerson {
  readonly account: string;
  readonly fund: string;
  readonly group: Group;
  readonly personId: string;
  readonly identitySealed: Buffer;
}

/** The columns one may look for a person by. */
export type SearchColumn = 'account' | 'nir_index' | 'siret' | 'family_name_index' | 'full_name_index';

const looked: Readonly<Record<SearchColumn, string>> = {
  account: 'p.account = $1',
  nir_index: `p.account IN (${accountsOfNir})`,
  family_name_index: 'p.family_name_index = $1',
  full_name_index: 'p.full_name_index = $1',
  // Every establishment, the closed ones too; the row alone for people who were loaded before these were kept apart.
  siret: `p.account IN (SELECT e.account FROM establishment e WHERE e.siret = $1
            UNION SELECT q.account FROM insured_person q WHERE q.siret = $1)`,
};

/** By account number, within the scope of the transaction; people whose key was erased are no longer anybody. */
export async function findPeople(
  tx: EntityManager,
  column: SearchColumn,
  { value, limit }: { value: string | Buffer; limit: number },
): Promise<SealedPerson[]> {
  return tx.query(
    `SELECT p.account, p.fund, p.group_code AS "group", p.person_id AS "personId", p.identity_sealed AS "identitySealed"
       FROM insured_person p JOIN person_key k USING (person_id)
      WHERE ${looked[column]} AND k.erased_at IS NULL ORDER BY p.account LIMIT $2`,
    [value, limit],
  );
}

export interface Recognised {
  readonly account: string;
  readonly emailIsHeld: boolean;
}

/** One statement, by the index of the NIR, whoever it is and whatever the e-mail; nothing is opened, so that time tells nothing either. */
export async function recognise(tx: EntityManager, nirIndex: Buffer, emailIndex: Buffer): Promise<Recognised | undefined> {
  const [row] = (await tx.query(
    `SELECT p.account, coalesce(p.email_index = $2, false) AS "emailIsHeld"
       FROM insured_person p JOIN person_key k USING (person_id) WHERE p.account IN (${accountsOfNir}) AND k.erased_at IS NULL`,
    [nirIndex, emailIndex],
  )) as Recognised[];
  return row;
}

/** People registered before there were keys; those being worked on by another instance are left to it. */
export async function lockWithoutKeys(
  tx: EntityManager,
  limit: number,
): Promise<Pick<SealedPerson, 'account' | 'personId' | 'identitySealed'>[]> {
  return tx.query(
    `SELECT p.account, p.person_id AS "personId", p.identity_sealed AS "identitySealed"
       FROM insured_person p JOIN person_key k USING (person_id)
      WHERE p.family_name_index IS NULL AND k.erased_at IS NULL ORDER BY p.account LIMIT $1 FOR UPDATE OF p SKIP LOCKED`,
    [limit],
  );
}

export async function saveKeys(tx: EntityManager, kept: readonly (SearchKeys & { readonly account: string })[]): Promise<void> {
  await tx.query(
    `UPDATE insured_person p SET family_name_index = n.family_name, full_name_index = n.full_name, email_index = n.email
       FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[]) AS n (account, family_name, full_name, email)
      WHERE p.account = n.account::char(13)`,
    [
      kept.map(({ account }) => account),
      kept.map(({ familyNameIndex }) => familyNameIndex),
      kept.map(({ fullNameIndex }) => fullNameIndex),
      kept.map(({ emailIndex }) => emailIndex),
    ],
  );
}
