import type { DebitSequence } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { DecidedDebit, DuePart, Obstacle } from './debit.js';

type Reading = Pick<EntityManager, 'query'>;

export interface DebitWalk {
  readonly dueOn: Day;
  readonly after: string;
  readonly limit: number;
  /** Only who may be debited for the first time under a mandate or at a bank: the others are presented later. */
  readonly firstOnly: boolean;
}

/**
 * The next accounts of which something is to be debited on a due date and has not been, in their order: what falls due by debit, and what
 * came back and is debited again with it.
 */
export async function accountsToDebit(tx: Reading, { dueOn, after, limit, firstOnly }: DebitWalk): Promise<string[]> {
  const isOpen = (account: string): string => `
    NOT EXISTS (SELECT FROM debit d WHERE d.account = ${account} AND d.due_on = $1)
    AND (NOT $4 OR NOT EXISTS (SELECT FROM debtor k WHERE k.account = ${account} AND k.rum IS NOT NULL
      AND k.bank_details_version >= coalesce(k.heard_version, 0)))`;
  const rows: { account: string }[] = await tx.query(
    `(SELECT DISTINCT i.account FROM instalment i
      WHERE i.due_on = $1 AND i.means = 'direct-debit' AND i.account > $2 AND i.paid < i.amount AND ${isOpen('i.account')}
      ORDER BY i.account LIMIT $3)
     UNION
     (SELECT DISTINCT b.account FROM debited_instalment b
      WHERE b.again_on <= $1 AND b.account > $2 AND ${isOpen('b.account')}
      ORDER BY b.account LIMIT $3)
     ORDER BY account LIMIT $3`,
    [dueOn.iso, after, limit, firstOnly],
  );
  return rows.map(({ account }) => account);
}

/**
 * What of these accounts is to be debited on a due date: the unpaid rest of what falls due, and of what is debited again, unless a debit of it is
 * under way: never twice for one due date. What has been paid meanwhile asks for nothing.
 */
export async function partsDue(tx: Reading, accounts: readonly string[], dueOn: Day): Promise<Map<string, DuePart[]>> {
  const rows: { account: string; instalment: string; dueOn: string; amount: string; isAgain: boolean; isPayingOnline: boolean }[] =
    await tx.query(
      `SELECT i.account, i.id AS instalment, i.due_on::text AS "dueOn", i.amount - i.paid AS amount, bool_or(w.is_again) AS "isAgain",
       EXISTS (SELECT FROM online_payment_under_way o WHERE o.account = i.account AND o.instalment = i.id) AS "isPayingOnline"
     FROM (SELECT account, id, false AS is_again FROM instalment WHERE due_on = $2 AND means = 'direct-debit' AND account = ANY($1)
           UNION ALL SELECT account, instalment, true FROM debited_instalment WHERE again_on <= $2 AND account = ANY($1)) w
     JOIN instalment i ON (i.account, i.id) = (w.account, w.id)
     WHERE i.paid < i.amount
       AND NOT EXISTS (SELECT FROM debited_instalment b WHERE b.account = i.account AND b.instalment = i.id AND NOT b.returned)
     GROUP BY i.account, i.id ORDER BY i.account, i.due_on DESC, i.id`,
      [accounts, dueOn.iso],
    );
  const due = new Map<string, DuePart[]>();
  for (const { account, instalment, dueOn: day, amount, ...its } of rows) {
    const part = { instalment, dueOn: Day.of(day), amount: Money.of(amount), ...its };
    const known = due.get(account);
    if (known) known.push(part);
    else due.set(account, [part]);
  }
  return due;
}

/** A debit as it goes into a message. */
export interface PresentedDebit extends Omit<DecidedDebit, 'kind'> {
  readonly account: string;
  readonly dueOn: Day;
  readonly sequence: DebitSequence;
  readonly rum: string;
  readonly messageId: string;
  readonly partId: string;
  readonly presentedOn: Day;
}

/** Debits with the due dates that they ask for; what was waiting to be debited again is so now. */
export async function insertDebits(tx: Reading, debits: readonly PresentedDebit[]): Promise<void> {
  if (debits.length === 0) return;
  await tx.query(
    `INSERT INTO debit (end_to_end, account, due_on, collect_on, amount, sequence, rum, message_id, part_id, presented_on)
     SELECT "endToEnd", account, "dueOn", "collectOn", amount, sequence, rum, "messageId", "partId", "presentedOn"
     FROM json_to_recordset($1) AS n ("endToEnd" text, account text, "dueOn" date, "collectOn" date, amount numeric, sequence text, rum text,
       "messageId" text, "partId" text, "presentedOn" date)`,
    [JSON.stringify(debits)],
  );
  const parts = debits.flatMap(({ endToEnd, account, parts: asked }) =>
    asked.map(({ instalment, amount, isAgain }) => ({ endToEnd, account, instalment, amount, isAgain })),
  );
  await leaveWaiting(tx, parts.filter(({ isAgain }) => isAgain)); // prettier-ignore
  await tx.query(
    `INSERT INTO debited_instalment (end_to_end, account, instalment, amount)
     SELECT "endToEnd", account, instalment, amount
     FROM json_to_recordset($1) AS n ("endToEnd" text, account text, instalment text, amount numeric)`,
    [JSON.stringify(parts)],
  );
}

/** These due dates are not waiting any more to be debited again. */
export async function leaveWaiting(
  tx: Reading,
  parts: readonly { readonly account: string; readonly instalment: string }[],
): Promise<void> {
  if (parts.length === 0) return;
  await tx.query(
    `UPDATE debited_instalment b SET again_on = NULL FROM unnest($1::text[], $2::text[]) AS n (account, instalment)
     WHERE b.again_on IS NOT NULL AND (b.account, b.instalment) = (n.account, n.instalment)`,
    [parts.map(({ account }) => account), parts.map(({ instalment }) => instalment)],
  );
}

export interface NotDebited {
  readonly account: string;
  readonly dueOn: Day;
  readonly obstacle: Obstacle;
  readonly amount: Money;
}

/** Notes what is not debited; gives those that were not noted for the same reason before. */
export async function noteNotDebited(tx: Reading, notes: readonly NotDebited[], notedOn: Day): Promise<NotDebited[]> {
  if (notes.length === 0) return [];
  const rows: { account: string }[] = await tx.query(
    `INSERT INTO not_debited AS n (account, due_on, obstacle, amount, noted_on)
     SELECT account, "dueOn", obstacle, amount, $2 FROM json_to_recordset($1) AS r (account text, "dueOn" date, obstacle text, amount numeric)
     ON CONFLICT (account, due_on) DO UPDATE SET obstacle = excluded.obstacle, amount = excluded.amount, noted_on = excluded.noted_on
       WHERE n.obstacle <> excluded.obstacle
     RETURNING account`,
    [JSON.stringify(notes), notedOn.iso],
  );
  const fresh = new Set(rows.map(({ account }) => account));
  return notes.filter(({ account }) => fresh.has(account));
}

/** Due dates that were left to an online payment which came to nothing, and are unpaid and undebited still: by their runs they are debited after all. */
export async function leftByOnlinePayments(tx: Reading, since: Day): Promise<Day[]> {
  const rows: { dueOn: string }[] = await tx.query(
    `SELECT DISTINCT n.due_on::text AS "dueOn" FROM not_debited n JOIN instalment i ON i.account = n.account AND i.due_on = n.due_on
     WHERE n.obstacle = 'paying-online' AND n.due_on >= $1 AND i.means = 'direct-debit' AND i.paid < i.amount
       AND NOT EXISTS (SELECT FROM online_payment_under_way o WHERE o.account = i.account AND o.instalment = i.id)
       AND NOT EXISTS (SELECT FROM debit d WHERE d.account = n.account AND d.due_on = n.due_on)
     ORDER BY 1`,
    [since.iso],
  );
  return rows.map(({ dueOn }) => Day.of(dueOn));
}

/** What could not be debited and now is. */
export async function forgetNotDebited(tx: Reading, accounts: readonly string[], dueOn: Day): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query('DELETE FROM not_debited WHERE due_on = $2 AND account = ANY($1)', [accounts, dueOn.iso]);
}

/** What the first calendar that named a due date asked for on it, by account and due date, of a civil year. */
export async function announcedAmounts(tx: Reading, accounts: readonly string[], year: number): Promise<Map<string, Money>> {
  const rows: { account: string; instalment: string; amount: string }[] = await tx.query(
    `SELECT DISTINCT ON (f.stream, i->>'id') f.stream AS account, i->>'id' AS instalment,
       (SELECT coalesce(sum((l->>'amount')::numeric), 0) FROM json_array_elements(i->'lines') l) AS amount
     FROM fact f CROSS JOIN LATERAL json_array_elements(f.envelope->'data'->'instalments') i
     WHERE f.author = 'collection' AND f.stream = ANY($1) AND f.type = 'collection.schedule-issued.v1' AND f.envelope->'data'->>'year' = $2
     ORDER BY f.stream, i->>'id', f.seq`,
    [accounts, String(year)],
  );
  return new Map(rows.map(({ account, instalment, amount }) => [`${account} ${instalment}`, Money.of(amount)]));
}

/** Notes that a changed amount is told of; gives those that were not told of before. */
export async function noteTold<T extends { readonly account: string; readonly amount: Money }>(
  tx: Reading,
  changed: readonly T[],
  dueOn: Day,
  toldOn: Day,
): Promise<T[]> {
  if (changed.length === 0) return [];
  const rows: { account: string }[] = await tx.query(
    `INSERT INTO debit_notice (account, due_on, amount, told_on)
     SELECT account, $2, amount, $3 FROM json_to_recordset($1) AS n (account text, amount numeric) ON CONFLICT DO NOTHING RETURNING account`,
    [JSON.stringify(changed), dueOn.iso, toldOn.iso],
  );
  const fresh = new Set(rows.map(({ account }) => account));
  return changed.filter(({ account }) => fresh.has(account));
}
