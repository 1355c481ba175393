import type { EntityManager } from 'typeorm';

/** Two accounts that look like one person's. */
export interface Duplicate {
  readonly accounts: readonly [string, string];
  /** `siren`: the same business (partners of one company share it too); `name-email`: the same name and e-mail. */
  readonly because: 'siren' | 'name-email';
}

const mostShown = 100;

/** By index on both sides: businesses that two accounts share, and people of the same name and e-mail. */
export async function findDuplicates(tx: EntityManager): Promise<Duplicate[]> {
  const rows = (await tx.query(
    `SELECT a.account AS one, b.account AS other, 'siren' AS because FROM establishment a
       JOIN establishment b ON b.siren = a.siren AND b.account > a.account
       JOIN insured_person p ON p.account = a.account AND p.merged_into IS NULL
       JOIN insured_person q ON q.account = b.account AND q.merged_into IS NULL
     UNION
     SELECT p.account, q.account, 'name-email' FROM insured_person p
       JOIN insured_person q ON q.full_name_index = p.full_name_index AND q.email_index = p.email_index AND q.account > p.account
      WHERE p.merged_into IS NULL AND q.merged_into IS NULL
     ORDER BY 1, 2, 3 LIMIT ${String(mostShown)}`,
  )) as { one: string; other: string; because: Duplicate['because'] }[];
  return rows.map(({ one, other, because }) => ({ accounts: [one, other], because }));
}

/** Those that went before under this one go on there too: one step always leads to the account that stands. */
export async function mergeInto(tx: EntityManager, account: string, into: string): Promise<void> {
  await tx.query('UPDATE insured_person SET merged_into = $2 WHERE account = $1 OR merged_into = $1', [account, into]);
}

/** The number in force is replaced; the one before stays, and stays searchable. */
export async function replaceNir(
  tx: EntityManager,
  { account, nirIndex, nirSealed, at }: { account: string; nirIndex: Buffer; nirSealed: Buffer; at: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO former_nir (nir_index, account, nir_sealed, replaced_at) SELECT nir_index, account, nir_sealed, $2 FROM insured_person WHERE account = $1`,
    [account, at],
  );
  await tx.query(`UPDATE insured_person SET nir_index = $2, nir_sealed = $3, nir_status = 'certified' WHERE account = $1`, [
    account,
    nirIndex,
    nirSealed,
  ]);
}
