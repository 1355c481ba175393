import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Refund, RefundChoice } from './refund.js';

type Reading = Pick<EntityManager, 'query'>;

const days = ['creditSince', 'dueBy', 'firstOn', 'secondOn', 'orderedOn', 'sentOn', 'executeOn', 'settledOn', 'returnedOn'] as const;
type DayName = (typeof days)[number];
type Row = Omit<Refund, DayName | 'amount' | 'parts'> & { amount: string; parts: { paymentId: string; amount: string }[] } & Record<
    DayName,
    string | null
  >;

const columns = `r.id, r.account, r.number, r.amount, r.parts, r.state, r.credit_since::text AS "creditSince", r.due_by::text AS "dueBy",
  r.needs_approval AS "needsApproval", r.first_by AS "firstBy", r.first_on::text AS "firstOn", r.second_by AS "secondBy",
  r.second_on::text AS "secondOn", r.ordered_on::text AS "orderedOn", r.bank_version AS "bankVersion", r.message_id AS "messageId",
  r.part_id AS "partId", r.sent_on::text AS "sentOn", r.execute_on::text AS "executeOn", r.settled_on::text AS "settledOn",
  r.returned_on::text AS "returnedOn", r.return_reason AS "returnReason"`;

function refundOf(row: Row): Refund {
  const told = Object.fromEntries(days.map((name) => [name, row[name] === null ? null : Day.of(row[name])]));
  const parts = row.parts.map(({ paymentId, amount }) => ({ paymentId, amount: Money.of(amount) }));
  return { ...row, ...told, amount: Money.of(row.amount), parts } as unknown as Refund;
}

const recordset = `json_to_recordset($1) AS n (id uuid, account text, number integer, amount numeric, parts jsonb, state text, "creditSince" date,
  "dueBy" date, "needsApproval" boolean, "firstBy" text, "firstOn" date, "secondBy" text, "secondOn" date, "orderedOn" date, "bankVersion" integer,
  "messageId" text, "partId" text, "sentOn" date, "executeOn" date, "settledOn" date, "returnedOn" date, "returnReason" text)`;

export async function insertRefunds(tx: EntityManager, refunds: readonly Refund[]): Promise<void> {
  if (refunds.length === 0) return;
  await tx.query(
    `INSERT INTO refund (id, account, number, amount, parts, state, credit_since, due_by, needs_approval, ordered_on)
     SELECT id, account, number, amount, parts, state, "creditSince", "dueBy", "needsApproval", "orderedOn" FROM ${recordset}`,
    [JSON.stringify(refunds)],
  );
}

/** What may change of a refund: its signatures, its transfer, and what became of it. */
export async function saveRefunds(tx: EntityManager, refunds: readonly Refund[]): Promise<void> {
  if (refunds.length === 0) return;
  await tx.query(
    `UPDATE refund r SET state = n.state, first_by = n."firstBy", first_on = n."firstOn", second_by = n."secondBy", second_on = n."secondOn",
       ordered_on = n."orderedOn", bank_version = n."bankVersion", message_id = n."messageId", part_id = n."partId", sent_on = n."sentOn",
       execute_on = n."executeOn", settled_on = n."settledOn", returned_on = n."returnedOn", return_reason = n."returnReason"
     FROM ${recordset} WHERE r.id = n.id`,
    [JSON.stringify(refunds)],
  );
}

const read = async (tx: Reading, sql: string, values: readonly unknown[]): Promise<Refund[]> =>
  ((await tx.query(`SELECT ${columns} FROM refund r ${sql}`, [...values])) as Row[]).map(refundOf);

export const refundsOf = (tx: Reading, account: string): Promise<Refund[]> =>
  read(tx, 'WHERE account = $1 ORDER BY number DESC', [account]);

export const refundsOfAccounts = (tx: Reading, accounts: readonly string[]): Promise<Refund[]> =>
  read(tx, 'WHERE account = ANY($1) ORDER BY account, number', [accounts]);

export const lockRefund = async (tx: Reading, account: string, id: string): Promise<Refund | undefined> =>
  (await read(tx, 'WHERE account = $1 AND id = $2 FOR UPDATE', [account, id]))[0];

/** Ordered and in no message yet, the oldest credit first. */
export const refundsToSend = (tx: Reading, place: { after: readonly string[]; limit: number }): Promise<Refund[]> =>
  read(tx, `WHERE state = 'ordered' AND id <> ALL($1::uuid[]) ORDER BY due_by, id LIMIT $2`, [place.after, place.limit]);

export const lockRefunds = (tx: Reading, ids: readonly string[], state: Refund['state']): Promise<Refund[]> =>
  read(tx, 'WHERE id = ANY($1::uuid[]) AND state = $2 ORDER BY id FOR UPDATE', [ids, state]);

/** Sent, and executed on that day or before. */
export const refundsExecutedBy = (tx: Reading, day: Day, limit: number): Promise<Refund[]> =>
  read(tx, `WHERE state = 'sent' AND execute_on <= $1 ORDER BY account, number LIMIT $2`, [day.iso, limit]);

/** The same refunds under other accounts, numbers and ids; the bank goes on naming them as it knew them. */
export async function moveRefunds(tx: EntityManager, moved: readonly { readonly from: Refund; readonly to: Refund }[]): Promise<void> {
  if (moved.length === 0) return;
  await tx.query(
    `INSERT INTO refund_former_name (account, number, refund)
     SELECT account, number, id FROM json_to_recordset($1) AS n (account text, number integer, id uuid)`,
    [JSON.stringify(moved.map(({ from: { account, number, id } }) => ({ account, number, id })))],
  );
  await tx.query(
    `UPDATE refund r SET id = n.id, account = n.account, number = n.number, parts = n.parts, bank_version = n."bankVersion"
     FROM json_to_recordset($1) AS n ("from" uuid, id uuid, account text, number integer, parts jsonb, "bankVersion" integer)
     WHERE r.id = n."from"`,
    [
      JSON.stringify(
        moved.map(({ from, to: { id, account, number, parts, bankVersion } }) => ({
          from: from.id,
          ...{ id, account, number, parts, bankVersion },
        })),
      ),
    ],
  );
}

/** How a bank names refunds: one transfer by its reference, or a block or a whole message of ours. */
export type RefundNames =
  | { readonly account: string; readonly number: number }
  | { readonly messageId: string; readonly partId: string | null };

/** The refunds that a bank speaks of, name by name, in one question however many names there are. */
export async function refundsNamed(tx: Reading, names: readonly RefundNames[]): Promise<Refund[][]> {
  if (names.length === 0) return [];
  const rows = (await tx.query(
    `SELECT n.rank, ${columns} FROM json_to_recordset($1) AS n (rank integer, account text, number integer, "messageId" text, "partId" text)
     LEFT JOIN refund_former_name f ON f.account = n.account AND f.number = n.number
     JOIN refund r ON r.id = f.refund OR (r.account = n.account AND r.number = n.number)
       OR (r.message_id = n."messageId" AND (n."partId" IS NULL OR r.part_id = n."partId"))
     ORDER BY n.rank, r.account, r.number`,
    [JSON.stringify(names.map((name, rank) => ({ rank, ...name })))],
  )) as (Row & { rank: number })[];
  const named = names.map((): Refund[] => []);
  for (const { rank, ...row } of rows) named[rank]?.push(refundOf(row));
  return named;
}

export async function messagesOfDay(tx: Reading, day: Day): Promise<number> {
  const [row]: { count: number }[] = await tx.query(`SELECT count(DISTINCT message_id)::int AS count FROM refund WHERE sent_on = $1`, [
    day.iso,
  ]);
  return row?.count ?? 0;
}

/** What is known of a person beside the credit: what they prefer, what they were told, and of which bank account a transfer came back. */
export interface RefundFile {
  readonly account: string;
  readonly choice: RefundChoice | null;
  readonly toldSince: Day | null;
  readonly ibanAskedOn: Day | null;
  readonly refusedVersion: number | null;
}

type FileRow = Omit<RefundFile, 'toldSince' | 'ibanAskedOn'> & { toldSince: string | null; ibanAskedOn: string | null };

export async function refundFiles(tx: Reading, accounts: readonly string[]): Promise<Map<string, RefundFile>> {
  const rows: FileRow[] = await tx.query(
    `SELECT account, choice, told_since::text AS "toldSince", iban_asked_on::text AS "ibanAskedOn", refused_version AS "refusedVersion"
     FROM refund_file WHERE account = ANY($1)`,
    [accounts],
  );
  const dayOf = (text: string | null): Day | null => (text === null ? null : Day.of(text));
  return new Map(rows.map((row) => [row.account, { ...row, toldSince: dayOf(row.toldSince), ibanAskedOn: dayOf(row.ibanAskedOn) }]));
}

export async function saveChoice(
  tx: EntityManager,
  { account, choice, on, by }: { account: string; choice: RefundChoice; on: Day; by: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO refund_file (account, choice, chosen_on, chosen_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account) DO UPDATE SET choice = excluded.choice, chosen_on = excluded.chosen_on, chosen_by = excluded.chosen_by`,
    [account, choice, on.iso, by],
  );
}

/** Remembers that people were told of their credit, or asked for an IBAN. */
export async function saveTold(tx: EntityManager, told: readonly { account: string; toldSince?: Day; ibanAskedOn?: Day }[]): Promise<void> {
  if (told.length === 0) return;
  await tx.query(
    `INSERT INTO refund_file AS f (account, told_since, iban_asked_on)
     SELECT account, "toldSince", "ibanAskedOn" FROM json_to_recordset($1) AS n (account text, "toldSince" date, "ibanAskedOn" date)
     ON CONFLICT (account) DO UPDATE SET told_since = coalesce(excluded.told_since, f.told_since),
       iban_asked_on = coalesce(excluded.iban_asked_on, f.iban_asked_on)`,
    [JSON.stringify(told)],
  );
}

/** A transfer came back from this version of the bank details: the next leaves once there is another. */
export async function saveRefusedVersions(
  tx: EntityManager,
  refused: readonly { account: string; version: number | null }[],
): Promise<void> {
  if (refused.length === 0) return;
  await tx.query(
    `INSERT INTO refund_file (account, refused_version) SELECT account, version FROM json_to_recordset($1) AS n (account text, version integer)
     ON CONFLICT (account) DO UPDATE SET refused_version = excluded.refused_version`,
    [JSON.stringify(refused)],
  );
}
