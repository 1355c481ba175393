import type { EntityManager } from 'typeorm';
import { firstChanges, type Author, type ChangeDraft, type PersonChange, type RegisteredRow } from './person-change.js';

type Reading = Pick<EntityManager, 'query'>;

/** Every change of a person in the order of their versions; only those learned up to an instant, when asked. Empty for nobody. */
export async function findChanges(tx: Reading, account: string, learnedUntil: string | null = null): Promise<PersonChange[]> {
  const kept = (await tx.query(
    `SELECT version, subject, change, to_char(effective_on, 'YYYY-MM-DD') AS "effectiveOn",
       to_char(learned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "learnedAt",
       json_build_object('sub', by_sub, 'organisation', by_org, 'role', by_role) AS by, reason, detail
     FROM person_change WHERE account = $1 ORDER BY version`,
    [account],
  )) as PersonChange[];
  const changes = kept.length > 0 ? kept : await changesOfRow(tx, account);
  return learnedUntil === null ? changes : changes.filter(({ learnedAt }) => learnedAt <= learnedUntil);
}

/** Of people whose registration was kept before changes were. */
async function changesOfRow(tx: Reading, account: string): Promise<PersonChange[]> {
  const [row] = (await tx.query(
    `SELECT group_code AS "group", regime, fund, department, to_char(started_on, 'YYYY-MM-DD') AS "startedOn", siret, activity, naf,
       to_char(registered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "learnedAt", registered_by AS sub
     FROM insured_person WHERE account = $1`,
    [account],
  )) as (RegisteredRow & { learnedAt: string; sub: string })[];
  if (!row) return [];
  const by = { sub: row.sub, organisation: null, role: null };
  return firstChanges(row).map((draft, rank) => ({ ...draft, version: rank + 1, learnedAt: row.learnedAt, by }));
}

export interface NewChanges {
  readonly account: string;
  readonly earlier: readonly PersonChange[];
  readonly drafts: readonly ChangeDraft[];
  readonly learnedAt: string;
  readonly by: Author;
}

/** Keeps changes behind those already said; the person's row is locked by the caller. Answers all of them. */
export async function keepChanges(tx: EntityManager, { account, earlier, drafts, learnedAt, by }: NewChanges): Promise<PersonChange[]> {
  const [known] = (await tx.query('SELECT count(*)::int AS kept FROM person_change WHERE account = $1', [account])) as { kept: number }[];
  const added = drafts.map((draft, rank) => ({ ...draft, version: earlier.length + rank + 1, learnedAt, by }));
  const fresh = known?.kept === 0 ? [...earlier, ...added] : added;
  await tx.query(
    `INSERT INTO person_change (account, version, subject, change, effective_on, learned_at, by_sub, by_org, by_role, reason, detail)
     SELECT $1, n.version, n.subject, n.change, n."effectiveOn", n."learnedAt", n.by->>'sub', n.by->>'organisation', n.by->>'role', n.reason, n.detail
       FROM json_to_recordset($2) AS n (version int, subject text, change text, "effectiveOn" date, "learnedAt" timestamptz, by jsonb,
         reason text, detail jsonb)`,
    [account, JSON.stringify(fresh)],
  );
  return [...earlier, ...added];
}

/** Puts in the person's row what is in force today; `next` is the day on which that will change by what was already said. */
export async function saveInForce(
  tx: EntityManager,
  account: string,
  row: { group: string; regime: string; fund: string; department: string; startedOn: string; next: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE insured_person SET group_code = $2, regime = $3, fund = $4, department = $5, started_on = $6, next_change_on = $7
      WHERE account = $1`,
    [account, row.group, row.regime, row.fund, row.department, row.startedOn, row.next],
  );
}

/** People for whom something said in advance has come into force; those being worked on by another instance are left to it. */
export async function lockDue(tx: EntityManager, today: string, limit: number): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT account FROM insured_person WHERE next_change_on <= $1 ORDER BY account LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [today, limit],
  )) as { account: string }[];
  return rows.map(({ account }) => account);
}
