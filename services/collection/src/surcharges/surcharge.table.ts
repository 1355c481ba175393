import type { SurchargeCode } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

/** A surcharge that was notified: what is owed of it once what was taken off is taken off, and what is paid. */
export interface NotifiedSurcharge {
  readonly account: string;
  readonly instalment: string;
  readonly year: number;
  readonly code: SurchargeCode;
  readonly dueOn: Day;
  readonly owed: Money;
  readonly paid: Money;
}

type Row = Omit<NotifiedSurcharge, 'dueOn' | 'owed' | 'paid'> & { dueOn: string; owed: string; paid: string };
const columns = `s.account, s.instalment, s.year, s.code, s.due_on::text AS "dueOn", s.owed, s.paid`;

const surchargeOf = ({ dueOn, owed, paid, ...row }: Row): NotifiedSurcharge => ({
  ...row,
  dueOn: Day.of(dueOn),
  owed: Money.of(owed),
  paid: Money.of(paid),
});

/** Surcharges on which money may still go. */
export async function unpaidSurcharges(tx: EntityManager, accounts: readonly string[]): Promise<NotifiedSurcharge[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM surcharge s WHERE s.account = ANY($1) AND s.paid < s.owed ORDER BY s.account, s.due_on, s.instalment, s.year, s.code`,
    [accounts],
  );
  return rows.map(surchargeOf);
}

export async function surchargesOfAccounts(tx: Pick<EntityManager, 'query'>, accounts: readonly string[]): Promise<NotifiedSurcharge[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM surcharge s WHERE s.account = ANY($1) ORDER BY s.account, s.due_on, s.instalment, s.year, s.code`,
    [accounts],
  );
  return rows.map(surchargeOf);
}

/** Surcharges of which more was paid than is owed by now. */
export async function surchargesPaidBeyond(tx: EntityManager, accounts: readonly string[]): Promise<NotifiedSurcharge[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM surcharge s WHERE s.account = ANY($1) AND s.paid > s.owed ORDER BY s.account, s.due_on, s.instalment, s.year, s.code`,
    [accounts],
  );
  return rows.map(surchargeOf);
}

export interface OwedChange {
  readonly account: string;
  readonly instalment: string;
  readonly year: number;
  readonly code: SurchargeCode;
  readonly dueOn: Day;
  /** Negative for what is taken off. */
  readonly amount: Money;
}

/** Adds to what is owed, or takes off. */
export async function changeWhatIsOwed(tx: EntityManager, changes: readonly OwedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes);
  await tx.query(
    `INSERT INTO surcharge (account, instalment, year, code, due_on, owed)
     SELECT DISTINCT account, instalment, year, code, "dueOn", 0
     FROM json_to_recordset($1) AS n (account text, instalment text, year smallint, code text, "dueOn" date) ON CONFLICT DO NOTHING`,
    [rows],
  );
  await tx.query(
    `UPDATE surcharge s SET owed = s.owed + n.amount
     FROM (SELECT account, instalment, year, code, sum(amount) AS amount
           FROM json_to_recordset($1) AS n (account text, instalment text, year smallint, code text, amount numeric)
           GROUP BY account, instalment, year, code) n
     WHERE (s.account, s.instalment, s.year, s.code) = (n.account, n.instalment, n.year, n.code)`,
    [rows],
  );
}

export type PaidSurcharge = Pick<NotifiedSurcharge, 'account' | 'instalment' | 'year' | 'code' | 'paid'>;

export async function saveSurchargesPaid(tx: EntityManager, changed: readonly PaidSurcharge[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE surcharge s SET paid = n.paid
     FROM json_to_recordset($1) AS n (account text, instalment text, year smallint, code text, paid numeric)
     WHERE (s.account, s.instalment, s.year, s.code) = (n.account, n.instalment, n.year, n.code)`,
    [JSON.stringify(changed)],
  );
}
