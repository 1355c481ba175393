import type { EntityManager } from 'typeorm';

type Sql = Pick<EntityManager, 'query'>;

/** The e-mail and the password by which an insured person comes in. */
export interface Login {
  readonly account: string;
  readonly personId: string;
  readonly sealedEmail: Buffer;
  /** Argon2id, with its salt and its cost. */
  readonly password: string;
}

const columns = 'account, person_id AS "personId", sealed_email AS "sealedEmail", password';

export async function findLoginByEmail(db: Sql, emailIndex: Buffer): Promise<Login | null> {
  const [row] = (await db.query(`SELECT ${columns} FROM login WHERE email_index = $1`, [emailIndex])) as Login[];
  return row ?? null;
}

/** False when another account has this e-mail. */
export async function saveLogin(tx: Sql, login: Login & { emailIndex: Buffer; changedAt: Date }): Promise<boolean> {
  const { account, personId, emailIndex, sealedEmail, password, changedAt } = login;
  // Two accounts that take one e-mail at the same moment come here one after the other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))`, [emailIndex]);
  const [taken] = (await tx.query('SELECT FROM login WHERE email_index = $1 AND account <> $2', [emailIndex, account])) as object[];
  if (taken) return false;
  await tx.query(
    `INSERT INTO login (account, person_id, email_index, sealed_email, password, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (account) DO UPDATE SET person_id = $2, email_index = $3, sealed_email = $4, password = $5, changed_at = $6`,
    [account, personId, emailIndex, sealedEmail, password, changedAt],
  );
  return true;
}
