import type { EntityManager } from 'typeorm';
import type { Opening } from '../face/desk.js';

type Sql = Pick<EntityManager, 'query'>;

interface Row {
  readonly account: string;
  readonly purpose: string;
  readonly endsAt: Date;
}

const shown = ({ endsAt, ...row }: Row): Opening => ({ ...row, endsAt: endsAt.toISOString() });

/** Opened again, for the same purpose or another: the last one said counts. */
export async function saveOpening(db: Sql, sessionId: string, opening: Row): Promise<Opening> {
  const { account, purpose, endsAt } = opening;
  await db.query(
    `INSERT INTO desk_opening (session_id, account, purpose, ends_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (session_id, account) DO UPDATE SET purpose = $3, ends_at = $4`,
    [sessionId, account, purpose, endsAt],
  );
  return shown(opening);
}

export async function findOpening(
  db: Sql,
  { sessionId, account, now }: { sessionId: string; account: string; now: Date },
): Promise<Opening | null> {
  const [row] = (await db.query(
    'SELECT account, purpose, ends_at AS "endsAt" FROM desk_opening WHERE session_id = $1 AND account = $2 AND ends_at > $3',
    [sessionId, account, now],
  )) as Row[];
  return row ? shown(row) : null;
}
