import type { EntityManager } from 'typeorm';
import type { Mandate } from './mandate.js';

type Reading = Pick<EntityManager, 'query'>;

const columns = `rum, ics, to_char(signed_on, 'YYYY-MM-DD') AS "signedOn", bank_details_version AS "bankDetailsVersion",
  to_char(revoked_on, 'YYYY-MM-DD') AS "revokedOn"`;

/** Every mandate of a person, oldest first. */
export const findMandates = (tx: Reading, account: string): Promise<Mandate[]> =>
  tx.query(`SELECT ${columns} FROM mandate WHERE account = $1 ORDER BY number`, [account]);

/** Who signed, through whom, when by the wall clock, under which trace: kept beside the digest of what was signed. */
export interface Evidence {
  readonly sub: string;
  readonly organisation: string;
  readonly role: string;
  readonly via: readonly string[];
  readonly at: string;
  readonly correlation: string;
}

export interface NewMandate extends Mandate {
  readonly account: string;
  readonly number: number;
  readonly textDigest: string;
  readonly signedAt: string;
  readonly evidence: Evidence;
}

export async function insertMandate(tx: EntityManager, mandate: NewMandate): Promise<void> {
  await tx.query(
    `INSERT INTO mandate (rum, account, number, ics, text_digest, evidence, bank_details_version, signed_on, signed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      mandate.rum,
      mandate.account,
      mandate.number,
      mandate.ics,
      mandate.textDigest,
      JSON.stringify(mandate.evidence),
      mandate.bankDetailsVersion,
      mandate.signedOn,
      mandate.signedAt,
    ],
  );
}

export async function revokeMandate(
  tx: EntityManager,
  { rum, on, at, by, reason }: { rum: string; on: string; at: string; by: string; reason: string },
): Promise<void> {
  await tx.query('UPDATE mandate SET revoked_on = $2, revoked_at = $3, revoked_by = $4, revocation_reason = $5 WHERE rum = $1', [
    rum,
    on,
    at,
    by,
    reason,
  ]);
}

export interface SealedDebitDetails {
  readonly account: string;
  readonly personId: string;
  readonly version: number;
  readonly ibanSealed: Buffer;
  readonly identitySealed: Buffer;
  readonly rum: string | null;
  readonly ics: string | null;
  readonly signedOn: string | null;
}

/** For many accounts at once: the name, the IBAN in force and the mandate that is, by account. People whose key was erased, and accounts that were withdrawn, are left out. */
export const findDebitDetails = (tx: EntityManager, accounts: readonly string[]): Promise<SealedDebitDetails[]> =>
  tx.query(
    `SELECT p.account, p.person_id AS "personId", b.version, b.iban_sealed AS "ibanSealed", p.identity_sealed AS "identitySealed", m.rum, m.ics,
       to_char(m.signed_on, 'YYYY-MM-DD') AS "signedOn"
     FROM insured_person p
     JOIN person_key k ON k.person_id = p.person_id AND k.erased_at IS NULL
     JOIN LATERAL (SELECT version, iban_sealed FROM bank_details WHERE account = p.account ORDER BY version DESC LIMIT 1) b ON true
     LEFT JOIN mandate m ON m.account = p.account AND m.revoked_on IS NULL
     WHERE p.account = ANY($1::char(13)[]) AND p.merged_into IS NULL ORDER BY p.account`,
    [accounts],
  );
