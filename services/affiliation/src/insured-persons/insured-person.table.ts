import type { EntityManager } from 'typeorm';
import type { InsuredPerson } from './insured-person.js';

/** What the search by SIRET and SIREN reads; the list of establishments itself is folded from what was said. */
export const insertEstablishment = (tx: EntityManager, account: string, siret: string): Promise<unknown> =>
  tx.query('INSERT INTO establishment (account, siret) VALUES ($1, $2) ON CONFLICT DO NOTHING', [account, siret]);

const columns = `p.account, p.group_code AS "group", p.regime, p.fund, p.department, to_char(p.started_on, 'YYYY-MM-DD') AS "startedOn",
  p.siret, p.activity, p.naf, p.nir_status AS "nirStatus", to_char(p.registered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "registeredAt",
  p.merged_into AS "mergedInto", (SELECT max(version) FROM bank_details b WHERE b.account = p.account) AS "bankDetailsVersion"`;

export async function findPerson(tx: EntityManager, account: string): Promise<InsuredPerson | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM insured_person p WHERE p.account = $1`, [account])) as InsuredPerson[];
  return row;
}

/** Of the NIR in force, or of one that it replaced: both find the person, on the account that goes on where there were two. */
export const accountsOfNir = `SELECT coalesce(i.merged_into, i.account) FROM insured_person i WHERE i.nir_index = $1
  UNION SELECT coalesce(i.merged_into, i.account) FROM former_nir f JOIN insured_person i USING (account) WHERE f.nir_index = $1`;

export async function findByNir(tx: EntityManager, nirIndex: Buffer): Promise<InsuredPerson | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM insured_person p WHERE p.account IN (${accountsOfNir})`, [
    nirIndex,
  ])) as InsuredPerson[];
  return row;
}

/** Those of these NIRs that somebody has or had, by the text of their index. */
export async function nirsKnown(tx: EntityManager, indexes: readonly Buffer[]): Promise<Set<string>> {
  const rows = (await tx.query(
    `SELECT encode(nir_index, 'hex') AS index FROM insured_person WHERE nir_index = ANY($1::bytea[])
     UNION SELECT encode(nir_index, 'hex') FROM former_nir WHERE nir_index = ANY($1::bytea[])`,
    [indexes],
  )) as { index: string }[];
  return new Set(rows.map(({ index }) => index));
}

export interface SealedIdentity {
  readonly personId: string;
  readonly nirSealed: Buffer;
  readonly identitySealed: Buffer;
  readonly ibanSealed: Buffer | null;
}

export async function findSealedIdentity(tx: EntityManager, account: string): Promise<SealedIdentity | undefined> {
  const [row] = (await tx.query(
    `SELECT p.person_id AS "personId", p.nir_sealed AS "nirSealed", p.identity_sealed AS "identitySealed", b.iban_sealed AS "ibanSealed"
       FROM insured_person p
       LEFT JOIN LATERAL (SELECT iban_sealed FROM bank_details WHERE account = p.account ORDER BY version DESC LIMIT 1) b ON true
      WHERE p.account = $1`,
    [account],
  )) as SealedIdentity[];
  return row;
}

/** Locks the person's row: whoever changes something of a person does so alone. */
export async function lockPerson(tx: EntityManager, account: string): Promise<{ personId: string; mergedInto: string | null } | undefined> {
  const [row] = (await tx.query(
    `SELECT person_id AS "personId", merged_into AS "mergedInto" FROM insured_person WHERE account = $1 FOR UPDATE`,
    [account],
  )) as {
    personId: string;
    mergedInto: string | null;
  }[];
  return row;
}
