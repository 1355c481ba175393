import { together } from '@isu/messaging';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

export interface FlowKey {
  readonly partner: string;
  readonly flow: string;
}

export interface FlowState extends FlowKey {
  /** Highest number accepted; 0 before the first. */
  readonly lastNumber: number;
  /** Every batch up to this number is here and placed. */
  readonly completedNumber: number;
  readonly completedThrough: string | null;
}

/** Numbers that are missing, both ends included, and since when a re-send is asked for. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly askedOn: string;
}

type Row = FlowKey & { lastNumber: string; completedNumber: string; completedThrough: string | null };

const columns = `partner, flow, last_number AS "lastNumber", completed_number AS "completedNumber", completed_through::text AS "completedThrough"`;

const stateOf = (row: Row): FlowState => ({ ...row, lastNumber: Number(row.lastNumber), completedNumber: Number(row.completedNumber) });

export async function findFlow(tx: Reading, { partner, flow }: FlowKey): Promise<FlowState> {
  const rows = (await tx.query(`SELECT ${columns} FROM flow WHERE partner = $1 AND flow = $2`, [partner, flow])) as Row[];
  return rows[0] ? stateOf(rows[0]) : { partner, flow, lastNumber: 0, completedNumber: 0, completedThrough: null };
}

/** One batch of a flow at a time, the first of all included. */
export async function lockFlow(tx: EntityManager, { partner, flow }: FlowKey): Promise<FlowState> {
  const [, [row]] = await together(
    tx.query('INSERT INTO flow (partner, flow) VALUES ($1, $2) ON CONFLICT DO NOTHING', [partner, flow]),
    tx.query<[Row]>(`SELECT ${columns} FROM flow WHERE partner = $1 AND flow = $2 FOR UPDATE`, [partner, flow]),
  );
  return stateOf(row);
}

export async function saveFlow(
  tx: EntityManager,
  { partner, flow, lastNumber, completedNumber, completedThrough }: FlowState,
): Promise<void> {
  await tx.query('UPDATE flow SET last_number = $3, completed_number = $4, completed_through = $5 WHERE partner = $1 AND flow = $2', [
    partner,
    flow,
    lastNumber,
    completedNumber,
    completedThrough,
  ]);
}

export async function findGaps(tx: Reading, { partner, flow }: FlowKey): Promise<Gap[]> {
  const rows = (await tx.query(
    `SELECT from_number AS "from", to_number AS "to", asked_on::text AS "askedOn" FROM gap WHERE partner = $1 AND flow = $2 ORDER BY from_number`,
    [partner, flow],
  )) as { from: string; to: string; askedOn: string }[];
  return rows.map((row) => ({ ...row, from: Number(row.from), to: Number(row.to) }));
}

export async function openGap(tx: EntityManager, { partner, flow }: FlowKey, { from, to, askedOn }: Gap): Promise<void> {
  await tx.query('INSERT INTO gap (partner, flow, from_number, to_number, asked_on) VALUES ($1, $2, $3, $4, $5)', [
    partner,
    flow,
    from,
    to,
    askedOn,
  ]);
}

/** Takes numbers out of the range that they lie in; what was missing on either side still is. False when they were not all missing. */
export async function closeGap(
  tx: EntityManager,
  { partner, flow }: FlowKey,
  { from: first, to: last }: Pick<Gap, 'from' | 'to'>,
): Promise<boolean> {
  const rows = (await tx.query(
    `WITH was AS (DELETE FROM gap WHERE partner = $1 AND flow = $2 AND from_number <= $3 AND to_number >= $4 RETURNING *)
     SELECT from_number AS "from", to_number AS "to", asked_on::text AS "askedOn" FROM was`,
    [partner, flow, first, last],
  )) as { from: string; to: string; askedOn: string }[];
  const [was] = rows;
  if (!was) return false;
  const left = [
    { from: Number(was.from), to: first - 1 },
    { from: last + 1, to: Number(was.to) },
  ].filter(({ from, to }) => from <= to);
  for (const range of left) await openGap(tx, { partner, flow }, { ...range, askedOn: was.askedOn });
  return true;
}

/**
 * The batches that follow a number without a hole, all their lines placed or their number given up: the last of them, and the latest of their business dates of which nothing
 * is known to be missing. Several batches may be of one date: while one further on is of that date, what lies between is of it too.
 */
export async function completedFrom(
  tx: Reading,
  { partner, flow, completedNumber }: FlowState,
): Promise<{ number: number; date: string | null } | null> {
  const [row] = (await tx.query(
    `WITH beyond AS (
       SELECT number, business_date, receipt IS NOT NULL AS placed FROM batch WHERE partner = $1 AND flow = $2 AND number > $3
       UNION ALL
       SELECT number, NULL, true FROM given_up_number WHERE partner = $1 AND flow = $2 AND number > $3 AND arrived_at IS NULL),
     following AS (
       SELECT number, business_date FROM (
         SELECT *, number - row_number() OVER (ORDER BY number) AS hole FROM beyond WHERE placed) whole WHERE hole = $3),
     reached AS (SELECT max(number) AS number FROM following)
     SELECT number, (
       SELECT max(business_date)::text FROM following WHERE business_date < coalesce(
         (SELECT min(business_date) FROM beyond WHERE beyond.number > reached.number), 'infinity')) AS date
       FROM reached`,
    [partner, flow, completedNumber],
  )) as { number: string | null; date: string | null }[];
  return row?.number ? { number: Number(row.number), date: row.date } : null;
}
