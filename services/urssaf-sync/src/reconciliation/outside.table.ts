import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { LineDifference, StandingPayment } from './classify.js';
import type { WaitingPayment } from './several-causes.js';

type Sql = Pick<EntityManager, 'query'>;

/** The partner's last snapshot of its books that is here as a whole. */
export interface Snapshot {
  readonly partner: string;
  readonly number: string;
  /** Its books as they were on that evening. */
  readonly asOf: string;
}

/** Accounts from one to another, both included, as bytes: a fund, or a single account. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export const stretchOfFund = (fund: string): Stretch => ({ from: fund, to: `${fund}~` });
export const stretchOf = (account: string): Stretch => ({ from: account, to: account });

export async function findSnapshot(tx: Sql, partner: string): Promise<Snapshot | null> {
  const [row] = (await tx.query(
    `SELECT partner, number::text AS number, business_date::text AS "asOf" FROM batch
      WHERE partner = $1 AND flow = 'balances' AND receipt IS NOT NULL ORDER BY batch.number DESC LIMIT 1`,
    [partner],
  )) as Snapshot[];
  return row ?? null;
}

export async function findFunds(tx: Sql): Promise<string[]> {
  const rows = (await tx.query('SELECT DISTINCT left(account, 2) AS fund FROM known_account ORDER BY 1')) as { fund: string }[];
  return rows.map(({ fund }) => fund);
}

/** Two accounts of one person were made one (S3): under which the money that was told of the other stands, in the partner's books as in ours. */
const standing = `
  merged AS (
    SELECT stream AS account, envelope->'data'->>'into' AS standing FROM fact
     WHERE type = 'affiliation.account-merged.v1' AND (recorded_at AT TIME ZONE 'Europe/Paris')::date <= $5),
  went AS (SELECT account, standing FROM merged UNION ALL SELECT w.account, m.standing FROM went w JOIN merged m ON m.account = w.standing),
  standing AS (SELECT account, standing FROM went w WHERE NOT EXISTS (SELECT FROM merged m WHERE m.account = w.standing))`;

/** What the cell itself corrected bears no batch: it counts at once, for the books hold it already. */
const toldOf = (owner: string, isOwned: string): string => `
    SELECT ${owner} AS account, p.amount FROM payment p LEFT JOIN standing s ON s.account = p.account
      LEFT JOIN batch b ON b.partner = p.partner AND b.flow = p.flow AND b.name = p.batch
     WHERE p.state = 'reported' AND ${isOwned} AND coalesce(b.business_date, '-infinity') <= $5
    UNION ALL
    SELECT ${owner}, -r.amount FROM reversal r JOIN payment p ON p.id = r.payment LEFT JOIN standing s ON s.account = p.account
      LEFT JOIN batch b ON b.partner = r.partner AND b.flow = r.flow AND b.name = r.batch
     WHERE r.state = 'reported' AND ${isOwned} AND coalesce(b.business_date, '-infinity') <= $5`;

const toldThrough = `
  SELECT account, sum(amount) AS amount FROM (${toldOf('p.account', 'p.account BETWEEN $3 AND $4 AND s.account IS NULL')}
    UNION ALL ${toldOf('s.standing', 's.standing BETWEEN $3 AND $4')}) said
  GROUP BY account`;

/** By how much the books and the messages of the partner differ, account by account, in one statement. How many accounts were compared. */
export async function computeDeltas(tx: Sql, { partner, number, asOf }: Snapshot, { from, to }: Stretch): Promise<number> {
  await tx.query('DELETE FROM balance_delta WHERE account BETWEEN $1 AND $2', [from, to]);
  const [row] = (await tx.query(
    `WITH RECURSIVE ${standing},
       told AS (${toldThrough}),
       theirs AS (SELECT account, sum(paid) AS paid FROM partner_balance
                   WHERE partner = $1 AND number = $2 AND account BETWEEN $3 AND $4 GROUP BY account),
       compared AS (SELECT k.account, coalesce(theirs.paid, 0) - coalesce(told.amount, 0) AS delta
                      FROM known_account k LEFT JOIN told USING (account) LEFT JOIN theirs USING (account) WHERE k.account BETWEEN $3 AND $4),
       kept AS (INSERT INTO balance_delta SELECT account, delta FROM compared WHERE delta <> 0)
     SELECT count(*)::int AS compared FROM compared`,
    [partner, number, from, to, asOf],
  )) as { compared: number }[];
  return row?.compared ?? 0;
}

export interface Delta {
  readonly account: string;
  readonly delta: Money;
}

export async function findDeltas(tx: Sql, { from, to }: Stretch): Promise<Delta[]> {
  const rows = (await tx.query('SELECT account, delta::text AS delta FROM balance_delta WHERE account BETWEEN $1 AND $2 ORDER BY account', [
    from,
    to,
  ])) as { account: string; delta: string }[];
  return rows.map(({ account, delta }) => ({ account, delta: Money.of(delta) }));
}

/** The payments of these accounts that stand, as told through the day of the books. */
export async function findStanding(tx: Sql, accounts: readonly string[], asOf: string): Promise<Map<string, StandingPayment[]>> {
  const rows = (await tx.query(
    `SELECT p.account, p.id, p.amount::text AS amount, p.value_on::text AS "valueOn"
       FROM payment p LEFT JOIN batch b ON b.partner = p.partner AND b.flow = p.flow AND b.name = p.batch
      WHERE p.state = 'reported' AND p.account = ANY($1) AND coalesce(b.business_date, '-infinity') <= $2
        AND NOT EXISTS (SELECT 1 FROM reversal r WHERE r.payment = p.id AND r.state = 'reported')
      ORDER BY p.account, p.value_on, p.id`,
    [accounts, asOf],
  )) as { account: string; id: string; amount: string; valueOn: string }[];
  const found = new Map<string, StandingPayment[]>();
  for (const { account, id, amount, valueOn } of rows) {
    const list = found.get(account) ?? [];
    list.push({ id, amount: Money.of(amount), valueOn });
    found.set(account, list);
  }
  return found;
}

/** For each account, a payment of the difference's own amount that waits without an owner: bearing its number, else no number at all. */
export async function findWaitingFor(tx: Sql, deltas: readonly Delta[], asOf: string): Promise<Map<string, string>> {
  const rows = (await tx.query(
    `SELECT DISTINCT ON (n.account) n.account, p.id FROM json_to_recordset($1) AS n(account text, delta numeric)
       JOIN payment p ON p.state = 'to-be-matched' AND p.amount = n.delta AND p.value_on <= $2
        AND (p.account = n.account OR NOT EXISTS (SELECT 1 FROM known_account k WHERE k.account = p.account))
      ORDER BY n.account, p.account <> n.account, p.id`,
    [JSON.stringify(deltas), asOf],
  )) as { account: string; id: string }[];
  return new Map(rows.map(({ account, id }) => [account, id]));
}

/** Money that waits and may be one of several causes of a difference: bearing the account's number, or none and an amount that was asked of it. */
export async function findWaitingLike(
  tx: Sql,
  asked: ReadonlyMap<string, readonly Money[]>,
  asOf: string,
): Promise<Map<string, WaitingPayment[]>> {
  const rows = (await tx.query(
    `SELECT n.account, p.id, p.amount::text AS amount FROM json_to_recordset($1) AS n(account text, amounts numeric[])
       JOIN payment p ON p.state = 'to-be-matched' AND p.value_on <= $2
        AND (p.account = n.account OR p.amount = ANY(n.amounts) AND NOT EXISTS (SELECT 1 FROM known_account k WHERE k.account = p.account))
      ORDER BY n.account, p.account <> n.account, p.value_on, p.id`,
    [JSON.stringify([...asked].map(([account, amounts]) => ({ account, amounts: amounts.map((one) => one.toString()) }))), asOf],
  )) as { account: string; id: string; amount: string }[];
  const found = new Map<string, WaitingPayment[]>();
  for (const { account, id, amount } of rows) found.set(account, [...(found.get(account) ?? []), { id, amount: Money.of(amount) }]);
  return found;
}

/** A payment `p` that stands, and has no twin that would rather be a double. */
export const standsAlone = `p.state = 'reported' AND NOT EXISTS (SELECT 1 FROM reversal r WHERE r.payment = p.id AND r.state = 'reported')
  AND NOT EXISTS (SELECT 1 FROM payment t WHERE t.account = p.account AND t.state = 'reported' AND t.id <> p.id
                     AND t.amount = p.amount AND t.value_on = p.value_on)`;

/** For each account, a payment of the difference's amount on an account that differs by as much the other way, or the account that lacks it. */
export async function findElsewhere(tx: Sql, deltas: readonly Delta[]): Promise<Map<string, Elsewhere>> {
  const rows = (await tx.query(
    `SELECT DISTINCT ON (n.account) n.account, d.account AS other, p.id
       FROM json_to_recordset($1) AS n(account text, delta numeric)
       JOIN balance_delta d ON d.delta = -n.delta
       JOIN payment p ON p.account = CASE WHEN n.delta > 0 THEN d.account ELSE n.account END AND p.amount = abs(n.delta) AND ${standsAlone}
      ORDER BY n.account, d.account, p.value_on DESC, p.id DESC`,
    [JSON.stringify(deltas)],
  )) as { account: string; other: string; id: string }[];
  return new Map(rows.map(({ account, other, id }) => [account, { account: other, payment: id }]));
}

export interface Elsewhere {
  readonly account: string;
  readonly payment: string;
}

/** Whether the partner's payments up to that day may not all be here. */
export async function isFlowShort(tx: Sql, { partner, asOf }: Snapshot): Promise<boolean> {
  const [row] = (await tx.query(
    `SELECT EXISTS (SELECT 1 FROM gap WHERE partner = $1 AND flow = 'payments')
       OR NOT EXISTS (SELECT 1 FROM flow WHERE partner = $1 AND flow = 'payments' AND completed_through >= $2) AS short`,
    [partner, asOf],
  )) as { short: boolean }[];
  return row?.short ?? true;
}

/** The lines on which both differ of one account. */
export interface LinesThatDiffer {
  readonly lines: readonly LineDifference[];
  /** There is something to compare, and nothing has moved since the books were drawn up: what is on its way, or came since, is no difference. */
  readonly isQuiet: boolean;
}

const isEvenMoney = 'NOT EXISTS (SELECT 1 FROM balance_delta b WHERE b.account = d.account)';
const isStill = `NOT EXISTS (SELECT 1 FROM account_touch a WHERE a.stream = d.account)
  AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.author = 'collection' AND f.stream = d.account AND (f.recorded_at AT TIME ZONE 'Europe/Paris')::date > $5)
  AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.author = 'urssaf-sync' AND f.stream = d.account
    AND f.type IN ('urssaf-sync.payment-reported.v1', 'urssaf-sync.reversal-reported.v1')
    AND NOT EXISTS (SELECT 1 FROM fact c WHERE c.author = 'collection' AND c.stream = f.stream
      AND c.type IN ('collection.payment-posted.v1', 'collection.payment-reversed.v1')
      AND c.envelope->'data'->>'reportedFact' IN (f.id::text, f.envelope->'data'->>'reportedFact')))`;

interface LineRow {
  readonly account: string;
  readonly still: boolean;
  readonly even: boolean;
  readonly year: number;
  readonly code: string;
  readonly oc: string;
  readonly op: string;
  readonly tc: string;
  readonly tp: string;
}

export async function findLineDifferences(
  tx: Sql,
  { partner, number, asOf }: Snapshot,
  { from, to }: Stretch,
): Promise<Map<string, LinesThatDiffer>> {
  const rows = (await tx.query(
    `WITH theirs AS (SELECT account, CASE code WHEN 'credit' THEN 0 ELSE year END AS year, code, sum(called) AS called, sum(paid) AS paid
                       FROM partner_balance WHERE partner = $1 AND number = $2 AND account BETWEEN $3 AND $4 GROUP BY 1, 2, 3),
       ours AS (SELECT account, year, code, called, paid FROM our_balance WHERE account BETWEEN $3 AND $4),
       differing AS (
         SELECT account, year, code, coalesce(o.called, 0) AS oc, coalesce(o.paid, 0) AS op, coalesce(t.called, 0) AS tc, coalesce(t.paid, 0) AS tp
           FROM ours o FULL JOIN theirs t USING (account, year, code)
          WHERE (coalesce(o.called, 0), coalesce(o.paid, 0)) <> (coalesce(t.called, 0), coalesce(t.paid, 0))),
       judged AS (SELECT account, ${isStill} AS still, ${isEvenMoney} AS even FROM (SELECT DISTINCT account FROM differing JOIN known_account USING (account)) d)
     SELECT account, still, even, year, code, oc::text, op::text, tc::text, tp::text FROM differing JOIN judged USING (account) ORDER BY account, year, code`,
    [partner, number, from, to, asOf],
  )) as LineRow[];
  const found = new Map<string, { lines: LineDifference[]; isStill: boolean; isEven: boolean }>();
  for (const { account, still, even, year, code, oc, op, tc, tp } of rows) {
    const ofAccount = found.get(account) ?? { lines: [], isStill: still, isEven: even };
    ofAccount.lines.push({ year, code, ours: { called: euros(oc), paid: euros(op) }, theirs: { called: euros(tc), paid: euros(tp) } });
    found.set(account, ofAccount);
  }
  return new Map([...found].map(([account, differing]) => [account, comparable(differing)]));
}

/** Where the money differs too, what is paid on a line says nothing of the rules; what is called still does. */
function comparable({ lines, isStill: still, isEven }: { lines: LineDifference[]; isStill: boolean; isEven: boolean }): LinesThatDiffer {
  const compared = isEven ? lines : lines.filter(({ ours, theirs }) => ours.called !== theirs.called);
  return { lines: compared, isQuiet: still && compared.length > 0 };
}

const euros = (text: string): string => Money.of(text).toString();
