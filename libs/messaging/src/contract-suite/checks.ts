import { hold } from './surroundings.js';
import type { Reader, World } from './world.js';

const factsOfAuthor = `SELECT count(*)::int AS facts, count(DISTINCT stream)::int AS streams,
       coalesce(md5(string_agg(id::text || digest, ',' ORDER BY id)), '') AS digest FROM fact WHERE author = 'collection'`;

/** R4: the reader's copy is the author's, fact for fact. R7: nothing unsent, cursors at 1…n. I3: each effect exactly once, in order. */
export async function checkWhole(world: World, reader: Reader): Promise<void> {
  // It is asked again and again while facts travel: what is dear to know is asked once they may all have come.
  const [[sent], [come]] = await Promise.all([
    world.collection.db.query(`SELECT count(*)::int AS n, (SELECT count(*)::int FROM outbox WHERE sent_at IS NULL) AS unsent FROM fact`),
    reader.database.db.query(`SELECT count(*)::int AS n FROM fact`),
  ]);
  hold(sent.unsent === 0, `${sent.unsent} facts are unsent`);
  hold(come.n >= sent.n, `${reader.name} holds ${come.n} of ${sent.n} facts`);
  const [[written], [copy]] = await Promise.all([world.collection.db.query(factsOfAuthor), reader.database.db.query(factsOfAuthor)]);
  hold(copy.facts === written.facts && copy.digest === written.digest, `${reader.name} holds ${copy.facts} of ${written.facts} facts`);
  await checkCursors(reader);
  await checkEffects(reader);
  const [aside] = await reader.database.db.query('SELECT count(*)::int AS n FROM set_aside');
  hold(aside.n === 0, `${aside.n} facts are set aside`);
}

/** Every cursor stands on the last fact kept, and no number is missing below it (R7). */
export async function checkCursors({ name, database }: Reader): Promise<void> {
  const [{ wrong }] = await database.db.query(
    `SELECT count(*)::int AS wrong FROM (SELECT stream, count(*) AS n, max(seq) AS last FROM fact WHERE author = 'collection' GROUP BY stream) f
       FULL JOIN (SELECT * FROM inbox_cursor WHERE consumer = $1 AND last_seq > 0) c USING (stream)
      WHERE f.n IS DISTINCT FROM f.last OR c.last_seq IS DISTINCT FROM f.last`,
    [name],
  );
  hold(wrong === 0, `${wrong} cursors of ${name} do not stand on the last fact of a stream without holes`);
}

/** Effects: one for each handled fact kept, in the order of the stream (I3). */
export async function checkEffects({ name, database }: Reader): Promise<void> {
  const [effects] = await database.db.query(
    `SELECT count(*)::int AS made, count(DISTINCT id)::int AS different,
            (SELECT count(*)::int FROM fact WHERE type <> 'collection.something-newer.v1') AS due,
            (SELECT count(*)::int FROM (SELECT seq, lag(seq) OVER (PARTITION BY stream ORDER BY n) AS before FROM effect) o WHERE seq <= before) AS disordered
       FROM effect`,
  );
  hold(effects.made === effects.different, `${name} made ${effects.made - effects.different} effects more than once`);
  hold(effects.different === effects.due, `${name} made ${effects.different} effects for ${effects.due} facts`);
  hold(effects.disordered === 0, `${name} made ${effects.disordered} effects out of order`);
}

/** Everything a redelivery could touch, as one value. */
export async function imprint({ database }: Reader): Promise<string> {
  const [row] = await database.db.query(
    `SELECT (SELECT md5(string_agg(f::text, ';' ORDER BY author, stream, seq)) FROM fact f) AS facts,
            (SELECT md5(string_agg(c::text, ';' ORDER BY author, stream)) FROM inbox_cursor c) AS cursors,
            (SELECT md5(string_agg(e::text, ';' ORDER BY n)) FROM effect e) AS effects,
            (SELECT count(*)::int FROM set_aside) AS aside`,
  );
  return JSON.stringify(row);
}

export async function countEffects({ database }: Reader, stream?: string): Promise<number> {
  const [{ n }] = await database.db.query('SELECT count(*)::int AS n FROM effect WHERE $1::text IS NULL OR stream = $1', [stream ?? null]);
  return n;
}

export async function lastSeq({ name, database }: Reader, stream: string): Promise<number> {
  const [row] = await database.db.query('SELECT last_seq::int AS n FROM inbox_cursor WHERE consumer = $1 AND stream = $2', [name, stream]);
  return row?.n ?? 0;
}
