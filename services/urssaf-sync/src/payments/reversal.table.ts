import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Reversal } from './known-money.js';

type Reading = Pick<EntityManager, 'query'>;

type Row = Omit<Reversal, 'amount'> & { amount: string };

const columns = `r.id, r.partner, r.reference, r.content, r.flow, r.batch, r.line, r.reverses, r.by_bank_reference AS "byBankReference",
  r.amount::text AS amount, r.value_on::text AS "valueOn", r.reason, r.correlation, r.payment`;

const reversalOf = (row: Row): Reversal => ({ ...row, amount: Money.of(row.amount) });

/** Reversals that wait for a payment of one of these names. */
export async function findWaiting(tx: Reading, names: readonly string[]): Promise<Reversal[]> {
  const rows = (await tx.query(`SELECT ${columns} FROM reversal r WHERE r.state = 'waiting' AND r.reverses = ANY($1) ORDER BY r.id`, [
    names,
  ])) as Row[];
  return rows.map(reversalOf);
}

/** A reversal that waited for the account of its payment, with what telling of it needs. */
export interface ReportableReversal {
  readonly reversal: Reversal;
  readonly account: string;
  readonly reportedFact: string;
}

export async function findWaitingForAccount(tx: Reading, payments: readonly string[]): Promise<Omit<ReportableReversal, 'reportedFact'>[]> {
  const rows = (await tx.query(
    `SELECT ${columns}, p.account FROM reversal r JOIN payment p ON p.id = r.payment WHERE r.state = 'waiting' AND r.payment = ANY($1) ORDER BY r.id`,
    [payments],
  )) as (Row & { account: string })[];
  return rows.map(({ account, ...row }) => ({ reversal: reversalOf(row), account }));
}

export interface KeptReversal {
  readonly reversal: Reversal;
  readonly state: 'waiting' | 'reported' | 'refused';
  readonly payment: string | null;
  readonly fact: string | null;
}

/** New reversals, and new words about those that waited. */
export async function saveReversals(tx: EntityManager, kept: readonly KeptReversal[]): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map(({ reversal: r, state, payment, fact }) => ({
    ...{ id: r.id, partner: r.partner, reference: r.reference, content: r.content, flow: r.flow, batch: r.batch, line: r.line },
    ...{ reverses: r.reverses, by_bank_reference: r.byBankReference, amount: r.amount.toString(), value_on: r.valueOn, reason: r.reason },
    ...{ state, payment, fact, correlation: r.correlation },
  }));
  await tx.query(
    `INSERT INTO reversal AS r (id, partner, reference, content, flow, batch, line, reverses, by_bank_reference, amount, value_on, reason, state, payment,
       fact, correlation)
     SELECT * FROM json_to_recordset($1) AS n(id uuid, partner text, reference text, content text, flow text, batch text, line int, reverses text,
       by_bank_reference boolean, amount numeric, value_on date, reason text, state text, payment uuid, fact uuid, correlation uuid)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, payment = EXCLUDED.payment, fact = EXCLUDED.fact`,
    [JSON.stringify(rows)],
  );
}
