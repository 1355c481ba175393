import type { EntityManager } from 'typeorm';

type Sql = Pick<EntityManager, 'query'>;

/** For how many seconds a file has looked as it does now, by the clock of the database. */
export async function restsSince(tx: Sql, { partner, name, look }: { partner: string; name: string; look: string }): Promise<number> {
  const [row] = (await tx.query(
    `INSERT INTO folder_file (partner, name, look) VALUES ($1, $2, $3)
     ON CONFLICT (partner, name) DO UPDATE SET look = excluded.look, since = CASE WHEN folder_file.look = excluded.look THEN folder_file.since ELSE now() END
     RETURNING extract(epoch FROM now() - since)::float8 AS seconds`,
    [partner, name, look],
  )) as { seconds: number }[];
  return row?.seconds ?? 0;
}

/** Files that are no longer there are forgotten: one that comes back under their name is another one. */
export async function forgetOthers(tx: Sql, partner: string, names: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM folder_file WHERE partner = $1 AND name <> ALL($2)', [partner, names]);
}
