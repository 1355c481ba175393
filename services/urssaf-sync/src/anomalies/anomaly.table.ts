import type { AnomalyType } from '@isu/contracts';
import type { Reach } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { findNamedBy, type NamedPayment } from './correctable.table.js';
import type { Correction, Proposal } from './correction.js';

type Sql = Pick<EntityManager, 'query'>;

export const origins = ['line', 'transit', 'copies', 'balances', 'told'] as const;
/** What found it: a line that contradicts, what was told and not followed up in time (a payment not placed, a person not called), copies that diverge, the partner's books, what we told and the partner refused. */
export type Origin = (typeof origins)[number];

/** An anomaly as the worklist shows it. */
export interface WorklistItem {
  readonly id: string;
  readonly account: string;
  readonly fund: string;
  readonly type: AnomalyType;
  readonly cause: string;
  readonly origin: Origin;
  readonly openedAt: Date;
  /** Whole days it was or has been open, by the business day. */
  readonly ageDays: number;
  readonly assignedTo: string | null;
  readonly assignedAt: Date | null;
  readonly closedAt: Date | null;
  readonly settledBy: string | null;
  /** Whether somebody's proposal waits for a second pair of eyes, and whose. */
  readonly proposedBy: string | null;
}

export interface AnomalyDetail extends WorklistItem {
  /** Figures of both organisations, by name. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What a rule proposes; null where only a person can say. */
  readonly correction: Correction | null;
  readonly proposals: readonly Proposal[];
  /** The payments that the rule's correction and the proposals name: who approves sees which. */
  readonly payments: readonly NamedPayment[];
}

/** The caisse whose cell has it: the one that holds the account on the day of the question (`$1`), wherever it was opened. */
const fundNow = 'holding_fund(a.account, $1::date)';

const shown = `a.id, a.account, ${fundNow} AS fund, a.type, a.cause, a.origin, a.opened_at AS "openedAt", a.assigned_to AS "assignedTo", a.assigned_at AS "assignedAt",
  a.closed_at AS "closedAt", a.settled_by AS "settledBy",
  greatest(0, coalesce(a.closed_at AT TIME ZONE 'Europe/Paris', $1::date)::date - (a.opened_at AT TIME ZONE 'Europe/Paris')::date) AS "ageDays",
  (SELECT p.proposed_by FROM proposal p WHERE p.anomaly = a.id AND p.state = 'proposed') AS "proposedBy"`;

export interface WorklistQuestion {
  readonly today: string;
  readonly reach: Reach;
  readonly fund?: string;
  readonly type?: AnomalyType;
  readonly state: 'open' | 'closed';
  readonly assignedTo?: string;
  readonly after?: string;
  readonly limit: number;
}

/** The oldest open ones first; of the closed ones, the last closed. */
export async function findWorklist(tx: Sql, question: WorklistQuestion): Promise<WorklistItem[]> {
  const { today, reach, fund, type, state, assignedTo, after, limit } = question;
  const open = state === 'open';
  const order = open ? ['a.opened_at', '>', 'ASC'] : ['a.closed_at', '<', 'DESC'];
  return tx.query(
    `SELECT ${shown} FROM anomaly a
      WHERE (a.closed_at IS NULL) = $2 AND ($3::text[] IS NULL OR ${fundNow} = ANY($3)) AND ($4::text IS NULL OR ${fundNow} = $4)
        AND ($5::text IS NULL OR a.type = $5) AND ($6::text IS NULL OR a.assigned_to = $6)
        AND ($7::uuid IS NULL OR (${order[0] ?? ''}, a.id) ${order[1] ?? ''} (SELECT ${order[0]?.replace('a.', 'l.') ?? ''}, l.id FROM anomaly l WHERE l.id = $7))
      ORDER BY ${order[0] ?? ''} ${order[2] ?? ''}, a.id ${order[2] ?? ''} LIMIT $8`,
    [today, open, fundsOf(reach), fund ?? null, type ?? null, assignedTo ?? null, after ?? null, limit],
  ) as Promise<WorklistItem[]>;
}

/** Null: every fund. */
export const fundsOf = (reach: Reach): readonly string[] | null =>
  reach.kind === 'everything' ? null : reach.kind === 'funds' ? reach.funds : [];

export async function findAnomaly(tx: Sql, id: string, today: string): Promise<AnomalyDetail | undefined> {
  const [row] = (await tx.query(`SELECT ${shown}, a.details, a.correction FROM anomaly a WHERE a.id = $2`, [today, id])) as Omit<
    AnomalyDetail,
    'proposals' | 'payments'
  >[];
  if (!row) return undefined;
  const proposals = await findProposals(tx, id);
  const payments = await findNamedBy(tx, [row.correction, ...proposals.map(({ correction }) => correction)]);
  return { ...row, proposals, payments };
}

const proposalColumns = `id, correction, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt", state, decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_reason AS "decisionReason", facts`;

export async function findProposals(tx: Sql, anomaly: string): Promise<Proposal[]> {
  return tx.query(`SELECT ${proposalColumns} FROM proposal WHERE anomaly = $1 ORDER BY proposed_at, id`, [anomaly]) as Promise<Proposal[]>;
}

/** How many are open in a region, of what kind, and since when. */
export interface RegionCount {
  readonly fund: string;
  readonly open: number;
  readonly unassigned: number;
  readonly waitingForApproval: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly oldestOpenedAt: Date | null;
}

export async function countByRegion(tx: Sql, today: string): Promise<RegionCount[]> {
  return tx.query(
    `SELECT fund, sum(n)::int AS open, sum(unassigned)::int AS unassigned, sum(proposed)::int AS "waitingForApproval",
       json_object_agg(type, n ORDER BY type) AS "byType", min(oldest) AS "oldestOpenedAt"
       FROM (SELECT ${fundNow} AS fund, type, count(*) AS n, count(*) FILTER (WHERE assigned_to IS NULL) AS unassigned, count(p.id) AS proposed, min(opened_at) AS oldest
               FROM anomaly a LEFT JOIN proposal p ON p.anomaly = a.id AND p.state = 'proposed' WHERE closed_at IS NULL GROUP BY 1, type) each
      GROUP BY fund ORDER BY fund`,
    [today],
  ) as Promise<RegionCount[]>;
}

/** How many are open of each kind, for the gauge. */
export async function openByType(tx: Sql): Promise<{ labels: { type: string }; value: number }[]> {
  const rows = (await tx.query('SELECT type, count(*)::int AS value FROM anomaly WHERE closed_at IS NULL GROUP BY type')) as {
    type: string;
    value: number;
  }[];
  return rows.map(({ type, value }) => ({ labels: { type }, value }));
}

/** Locked: what is decided about it is decided by one. */
export async function lockAnomaly(
  tx: Sql,
  id: string,
): Promise<{ id: string; account: string; closedAt: Date | null; correction: Correction | null } | undefined> {
  const [row] = (await tx.query('SELECT id, account, closed_at AS "closedAt", correction FROM anomaly WHERE id = $1 FOR UPDATE', [id])) as {
    id: string;
    account: string;
    closedAt: Date | null;
    correction: Correction | null;
  }[];
  return row;
}

export async function assign(tx: Sql, id: string, to: string | null, at: Date): Promise<void> {
  await tx.query(
    'UPDATE anomaly SET assigned_to = $2, assigned_at = CASE WHEN $2::text IS NULL THEN NULL ELSE $3::timestamptz END WHERE id = $1',
    [id, to, at],
  );
}

interface Described {
  readonly id: string;
  readonly origin: Origin;
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly correction?: Correction | null;
}

/** What an anomaly is about beyond its fact, which has made the row already. */
export async function describeOpened(tx: Sql, opened: readonly Described[]): Promise<void> {
  if (opened.length === 0) return;
  const rows = opened.map(({ id, origin, subject, details, correction }) => ({ id, origin, subject, details: details ?? {}, correction: correction ?? null })); // prettier-ignore
  await tx.query(
    `UPDATE anomaly a SET origin = n.origin, subject = n.subject, details = n.details, correction = n.correction
       FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, origin text, subject text, details jsonb, correction jsonb) WHERE a.id = n.id`,
    [JSON.stringify(rows)],
  );
}

export interface OpenAnomaly {
  readonly id: string;
  readonly account: string;
  readonly origin: Origin;
  readonly subject: string;
  readonly type: AnomalyType;
}

const openColumns = 'id, account, origin, subject, type';

/** `account origin subject` of what is open on these accounts. */
export async function findOpenSubjects(tx: Sql, accounts: readonly string[]): Promise<Set<string>> {
  const rows = (await tx.query(`SELECT ${openColumns} FROM anomaly WHERE closed_at IS NULL AND account = ANY($1)`, [
    accounts,
  ])) as OpenAnomaly[];
  return new Set(rows.map(({ account, origin, subject }) => `${account} ${origin} ${subject}`));
}

export async function findOpen(tx: Sql, ids: readonly string[]): Promise<OpenAnomaly[]> {
  return tx.query(`SELECT ${openColumns} FROM anomaly WHERE closed_at IS NULL AND id = ANY($1)`, [ids]) as Promise<OpenAnomaly[]>;
}

/** Those that one kind of comparison has opened and that it may close again. */
export async function findOpenOf(tx: Sql, origin: Origin, accounts?: readonly string[]): Promise<OpenAnomaly[]> {
  return tx.query(
    `SELECT ${openColumns} FROM anomaly WHERE closed_at IS NULL AND origin = $1 AND ($2::text[] IS NULL OR account = ANY($2))`,
    [origin, accounts ?? null],
  ) as Promise<OpenAnomaly[]>;
}
