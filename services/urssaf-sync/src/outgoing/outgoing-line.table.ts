import type { Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import type { FlowKey } from '../flows/flow.table.js';
import type { PaymentTold } from './telling.js';

type Sql = Pick<EntityManager, 'query'>;

/** A fact that waits to be told. */
export interface WaitingLine extends FlowKey {
  readonly fact: string;
  readonly author: string;
  readonly account: string;
  readonly seq: number;
  /** The day on which its author recorded it. */
  readonly knownOn: string;
}

export async function insertWaiting(tx: Sql, lines: readonly WaitingLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `INSERT INTO outgoing_line (partner, flow, fact, author, account, seq, known_on)
     SELECT partner, flow, fact, author, account, seq, "knownOn"
       FROM json_to_recordset($1) AS n(partner text, flow text, fact uuid, author text, account text, seq bigint, "knownOn" date) ON CONFLICT DO NOTHING`,
    [JSON.stringify(lines)],
  );
}

/** One hand at a time decides of an account whether it is of a group; each takes its accounts in the same order. */
export async function lockGroups(tx: Sql, accounts: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('urssaf-sync group ' || account, 0)) FROM (SELECT DISTINCT unnest($1::text[]) AS account ORDER BY 1) a`,
    [accounts],
  );
}

/** The group of each of these accounts by what affiliation said last. */
export async function findGroups(tx: Sql, accounts: readonly string[]): Promise<Map<string, string>> {
  const rows = (await tx.query(
    `SELECT DISTINCT ON (stream) stream AS account, envelope->'data'->>'group' AS "group" FROM fact
      WHERE author = 'affiliation' AND stream = ANY($1) AND type IN ('affiliation.registered.v1', 'affiliation.status-changed.v1')
      ORDER BY stream, seq DESC`,
    [accounts],
  )) as { account: string; group: string }[];
  return new Map(rows.map(({ account, group }) => [account, group]));
}

/** All that was said of these accounts before, and that the flow tells of. */
export async function insertWaitingOf(
  tx: Sql,
  { partner, flow, tells }: FlowKey & { readonly tells: readonly string[] },
  accounts: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO outgoing_line (partner, flow, fact, author, account, seq, known_on)
     SELECT $1, $2, id, author, stream, seq, (recorded_at AT TIME ZONE 'Europe/Paris')::date FROM fact
      WHERE author = 'collection' AND stream = ANY($3) AND type = ANY($4) ON CONFLICT DO NOTHING`,
    [partner, flow, accounts, tells],
  );
}

export async function hasWaiting(tx: Sql, { partner, flow }: FlowKey, knownThrough: string): Promise<boolean> {
  const rows = (await tx.query(
    'SELECT 1 FROM outgoing_line WHERE partner = $1 AND flow = $2 AND number IS NULL AND known_on <= $3 LIMIT 1',
    [partner, flow, knownThrough],
  )) as unknown[];
  return rows.length > 0;
}

/**
 * Gives the lines that were known by that day their place in a batch, each account's in the order in which they were said; how many. Under
 * the lock of the flow. Line 1 of a batch is its header.
 */
export async function placeWaiting(
  tx: Sql,
  { partner, flow, number }: FlowKey & { number: number },
  { knownThrough, most }: { knownThrough: string; most: number },
): Promise<number> {
  const [row] = (await tx.query(
    `WITH taken AS (
       SELECT fact, row_number() OVER (ORDER BY account, author, seq) + 1 AS line FROM (
         SELECT fact, account, author, seq FROM outgoing_line WHERE partner = $1 AND flow = $2 AND number IS NULL AND known_on <= $4
          ORDER BY account, author, seq LIMIT $5) waiting),
     placed AS (
       UPDATE outgoing_line l SET number = $3, line = taken.line FROM taken WHERE l.partner = $1 AND l.flow = $2 AND l.fact = taken.fact RETURNING 1)
     SELECT count(*)::int AS placed FROM placed`,
    [partner, flow, number, knownThrough, most],
  )) as { placed: number }[];
  return row?.placed ?? 0;
}

/** A line of a batch that is being written: the fact that it tells of, and who told us of the payment that this one is about. */
export interface LineToWrite {
  readonly fact: Fact;
  readonly told: PaymentTold | null;
}

/** A stretch of a batch, in its order. */
export async function findLines(
  tx: Sql,
  { partner, flow, number }: FlowKey & { number: number },
  { from, to }: { from: number; to: number },
): Promise<LineToWrite[]> {
  const rows = (await tx.query(
    `SELECT f.envelope AS fact, p.partner AS "toldBy", p.reference AS "partnerReference"
       FROM outgoing_line l JOIN fact f ON f.author = l.author AND f.stream = l.account AND f.seq = l.seq AND f.id = l.fact
       LEFT JOIN payment p ON p.fact = (f.envelope->'data'->>'reportedFact')::uuid
      WHERE l.partner = $1 AND l.flow = $2 AND l.number = $3 AND l.line BETWEEN $4 AND $5 ORDER BY l.line`,
    [partner, flow, number, from, to],
  )) as { fact: Fact; toldBy: string | null; partnerReference: string | null }[];
  return rows.map(({ fact, toldBy, partnerReference }) => ({
    fact,
    told: toldBy === null || partnerReference === null ? null : { toldBy, partnerReference },
  }));
}

/** What the partner said of consecutive lines of a batch. */
export interface SaidOfLines {
  readonly from: number;
  readonly to: number;
  readonly outcome: 'accepted' | 'refused';
  readonly reason: string | null;
}

/** A line that was refused, or that was refused before and is taken now. */
export interface JudgedLine {
  readonly fact: string;
  readonly account: string;
  readonly line: number;
  readonly reason: string | null;
  readonly type: string;
}

/** Those of a batch that the partner had refused and takes now. */
export async function findTakenAtLast(
  tx: Sql,
  { partner, flow, number }: FlowKey & { number: number },
  said: readonly SaidOfLines[],
): Promise<JudgedLine[]> {
  return tx.query(
    `SELECT l.fact, l.account, l.line, l.reason, '' AS type FROM outgoing_line l
       JOIN json_to_recordset($4) AS n("from" int, "to" int, outcome text) ON l.line BETWEEN n."from" AND n."to" AND n.outcome = 'accepted'
      WHERE l.partner = $1 AND l.flow = $2 AND l.number = $3 AND l.outcome = 'refused'`,
    [partner, flow, number, JSON.stringify(said)],
  ) as Promise<JudgedLine[]>;
}

/** Every line of the batch gets its outcome. What is refused waits again. The refused ones are given back. */
export async function saveSaid(
  tx: Sql,
  { partner, flow, number }: FlowKey & { number: number },
  said: readonly SaidOfLines[],
): Promise<JudgedLine[]> {
  return tx.query(
    `WITH judged AS (
       SELECT l.fact, l.account, l.author, l.seq, l.line, n.outcome, n.reason FROM outgoing_line l
         JOIN json_to_recordset($4) AS n("from" int, "to" int, outcome text, reason text) ON l.line BETWEEN n."from" AND n."to"
        WHERE l.partner = $1 AND l.flow = $2 AND l.number = $3),
     withdrawn AS (
       INSERT INTO withdrawn_line (partner, flow, number, line, fact, reason)
       SELECT $1, $2, $3, line, fact, reason FROM judged WHERE outcome = 'refused'),
     kept AS (
       UPDATE outgoing_line l SET outcome = j.outcome, reason = j.reason, number = CASE j.outcome WHEN 'accepted' THEN l.number END,
              line = CASE j.outcome WHEN 'accepted' THEN l.line END
         FROM judged j WHERE l.partner = $1 AND l.flow = $2 AND l.fact = j.fact)
     SELECT j.fact, j.account, j.line, j.reason, f.type FROM judged j JOIN fact f ON f.author = j.author AND f.stream = j.account AND f.seq = j.seq
      WHERE j.outcome = 'refused' ORDER BY j.line`,
    [partner, flow, number, JSON.stringify(said)],
  ) as Promise<JudgedLine[]>;
}
