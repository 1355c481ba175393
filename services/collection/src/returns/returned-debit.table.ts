import type { ReturnOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { ReturnedPart } from './return-decision.js';

type Reading = Pick<EntityManager, 'query'>;

/** A debit at the bank, or paid, with what it asks for. */
export interface LiveDebit {
  readonly endToEnd: string;
  readonly account: string;
  readonly dueOn: Day;
  readonly amount: Money;
  readonly rum: string;
  readonly paymentId: string | null;
  readonly parts: readonly ReturnedPart[];
}

type Row<T extends LiveDebit = LiveDebit> = Omit<T, 'dueOn' | 'amount' | 'parts'> & {
  readonly dueOn: string;
  readonly amount: string;
  readonly parts: readonly (Omit<ReturnedPart, 'amount'> & { readonly amount: string })[];
};

const debitsWhere = (which: string, more = ''): string => `
  SELECT d.end_to_end AS "endToEnd", d.account, d.due_on::text AS "dueOn", d.amount, d.rum, d.payment_id AS "paymentId", p.parts${more}
  FROM debit d
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('instalment', b.instalment, 'amount', b.amount::text, 'failures', b.failures,
      'presentedAgain', b.presented_again) ORDER BY b.instalment DESC) AS parts
    FROM (SELECT i.instalment, i.amount,
            count(*) FILTER (WHERE f.outcome IN ('carried', 'due-at-once'))::int AS failures,
            count(*) FILTER (WHERE f.outcome = 'presented-again')::int AS presented_again
          FROM debited_instalment i
          LEFT JOIN debited_instalment e ON e.account = i.account AND e.instalment = i.instalment AND e.returned
          LEFT JOIN debit f ON f.end_to_end = e.end_to_end
          WHERE i.end_to_end = d.end_to_end GROUP BY i.instalment, i.amount) b) p
  WHERE ${which} ORDER BY d.account, d.end_to_end`;

const liveDebits = (which: string): string => debitsWhere(`d.returned_on IS NULL AND ${which}`);

const debitOf = <T extends LiveDebit>({ dueOn, amount, parts, ...row }: Row<T>) => ({
  ...row,
  dueOn: Day.of(dueOn),
  amount: Money.of(amount),
  parts: parts.map((part) => ({ ...part, amount: Money.of(part.amount) })),
});

/** Which of these references and message ids are ours, whatever became of the debits. */
export async function knownOrders(tx: Reading, references: readonly string[], messages: readonly string[]): Promise<Set<string>> {
  const rows: { name: string }[] = await tx.query(
    `SELECT end_to_end AS name FROM debit WHERE end_to_end = ANY($1) UNION ALL SELECT message_id FROM bank_message WHERE message_id = ANY($2)`,
    [references, messages],
  );
  return new Set(rows.map(({ name }) => name));
}

export async function debitsNamed(tx: Reading, references: readonly string[]): Promise<LiveDebit[]> {
  if (references.length === 0) return [];
  return ((await tx.query(liveDebits('d.end_to_end = ANY($1)'), [references])) as Row[]).map((row) => debitOf(row));
}

/** All that a message, or one block of it, asks for and that is neither paid nor back yet. */
export async function debitsOfMessage(tx: Reading, messageId: string, partId: string | null): Promise<LiveDebit[]> {
  const which = 'd.message_id = $1 AND ($2::text IS NULL OR d.part_id = $2) AND d.settled_on IS NULL';
  return ((await tx.query(liveDebits(which), [messageId, partId])) as Row[]).map((row) => debitOf(row));
}

export async function debitsPaidBy(tx: Reading, payments: readonly string[]): Promise<LiveDebit[]> {
  if (payments.length === 0) return [];
  return ((await tx.query(liveDebits('d.payment_id = ANY($1)'), [payments])) as Row[]).map((row) => debitOf(row));
}

/** Of these accounts, which have a due date that waits to be debited again because it was carried. */
export async function carryingAmong(tx: Reading, accounts: readonly string[]): Promise<Set<string>> {
  const rows: { account: string }[] = await tx.query(
    `SELECT DISTINCT b.account FROM debited_instalment b JOIN debit d USING (end_to_end)
     WHERE b.account = ANY($1) AND b.again_on IS NOT NULL AND d.outcome = 'carried'`,
    [accounts],
  );
  return new Set(rows.map(({ account }) => account));
}

/** A debit that came back, with what was done about it. */
export interface BackDebit extends LiveDebit {
  /** The bank’s code. */
  readonly reason: string;
  readonly outcome: ReturnOutcome;
  readonly isExamined: boolean;
}

/** The debit of that reference that came back to this account. The caller has locked the account. */
export async function findBack(tx: Reading, account: string, endToEnd: string): Promise<BackDebit | undefined> {
  const more = `, d.reason, d.outcome, EXISTS (SELECT FROM debit_examination x WHERE x.end_to_end = d.end_to_end) AS "isExamined"`;
  const which = 'd.account = $1 AND d.end_to_end = $2 AND d.returned_on IS NOT NULL';
  const [row]: Row<BackDebit>[] = await tx.query(debitsWhere(which, more), [account, endToEnd]);
  return row && debitOf(row);
}

export interface SavedReturn {
  readonly endToEnd: string;
  readonly returnedOn: Day;
  readonly moment: 'rejected' | 'returned';
  readonly reason: string;
  readonly outcome: ReturnOutcome;
  readonly againOn: Day | null;
}

/** Debits that came back: their due dates may be debited again, and are where it was decided. */
export async function saveReturns(tx: Reading, returns: readonly SavedReturn[]): Promise<void> {
  if (returns.length === 0) return;
  const rows = JSON.stringify(returns);
  await tx.query(
    `UPDATE debit d SET returned_on = n."returnedOn", moment = n.moment, reason = n.reason, outcome = n.outcome
     FROM json_to_recordset($1) AS n ("endToEnd" text, "returnedOn" date, moment text, reason text, outcome text)
     WHERE d.end_to_end = n."endToEnd"`,
    [rows],
  );
  await tx.query(
    `UPDATE debited_instalment b SET returned = true, again_on = n."againOn"
     FROM json_to_recordset($1) AS n ("endToEnd" text, "againOn" date) WHERE b.end_to_end = n."endToEnd"`,
    [rows],
  );
}

/** Nothing of these accounts waits any more to be debited again. */
export async function cancelAgain(tx: Reading, accounts: readonly string[]): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query('UPDATE debited_instalment SET again_on = NULL WHERE account = ANY($1) AND again_on IS NOT NULL', [accounts]);
}

/**
 * Money that the bank reported for debits of ours: found by the due date that the payer's reference names, and by its amount. Each is read by
 * its own key, however little is known of the tables yet.
 */
export async function settleDebits(
  tx: Reading,
  paid: readonly {
    readonly account: string;
    readonly instalment: string;
    readonly amount: Money;
    readonly paymentId: string;
    readonly valueOn: Day;
  }[],
): Promise<void> {
  if (paid.length === 0) return;
  await tx.query(
    `WITH found AS MATERIALIZED (
       SELECT n."paymentId", n."valueOn", n.amount, asked.end_to_end
       FROM (SELECT DISTINCT ON (account, instalment) * FROM json_to_recordset($1)
               AS r (account text, instalment text, amount numeric, "paymentId" uuid, "valueOn" date)) n
       CROSS JOIN LATERAL (SELECT b.end_to_end FROM debited_instalment b
         WHERE b.account = n.account AND b.instalment = n.instalment AND NOT b.returned OFFSET 0) asked)
     UPDATE debit d SET payment_id = f."paymentId", settled_on = f."valueOn" FROM found f
     WHERE d.end_to_end = f.end_to_end AND d.end_to_end = ANY (ARRAY(SELECT end_to_end FROM found))
       AND d.payment_id IS NULL AND d.amount = f.amount`,
    [JSON.stringify(paid)],
  );
}
