import pg from 'pg';
import type { DeliveredFact, Headers, TopicSpec, WireFact } from './bus.js';
import { partitionOf } from './partition.js';

export interface LaneName {
  readonly topic: string;
  readonly partition: number;
}

export const laneName = ({ topic, partition }: LaneName): string => `${topic}/${partition}`;

export interface LaneLag extends LaneName {
  readonly consumer: string;
  readonly lag: number;
}

/** What a cursor stands on, and what follows. */
export interface Stretch {
  readonly from: string;
  readonly facts: readonly DeliveredFact[];
}

export interface CursorMove {
  readonly lane: LaneName;
  readonly from: string;
  readonly to: string;
}

interface LogRow extends LaneName {
  from: string;
  position: string;
  key: string;
  fact: Buffer;
  headers: Headers | null;
}

/** Readers of one process are rarely further apart. */
const rememberedFacts = 2_048;

/** The tables of the embedded bus. */
export class EmbeddedLog {
  /** What was read last, by its place: each consumer is handed the same bytes, so that what one has made of them serves the others. */
  private readonly remembered = new Map<string, DeliveredFact & { readonly bytes: Buffer }>();
  private readonly pool: pg.Pool;
  private readonly partitions = new Map<string, number>();

  constructor(connection: pg.PoolConfig) {
    this.pool = new pg.Pool({ max: 8, keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: 30_000, ...connection });
    // A connection that ends while nobody uses it is no news: the next query gets another.
    this.pool.on('error', () => undefined);
    // One that ends between two statements of a transaction fails the next statement: that is where it is heard.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO head (topic, partition) SELECT topic, partition
         FROM unnest($1::text[], $2::int[]) AS t(topic, partitions), generate_series(0, partitions - 1) AS partition
       ON CONFLICT DO NOTHING`,
      [topics.map(({ topic }) => topic), topics.map(({ partitions }) => partitions)],
    );
    for (const { topic, partitions } of topics) this.partitions.set(topic, partitions);
  }

  /**
   * One statement: the heads of the partitions concerned are locked in a fixed order and give the positions, so that
   * positions become visible in order and without holes. Answers where facts were added.
   */
  async append(batch: readonly WireFact[], publishedAt: Date): Promise<LaneName[]> {
    const placed = await Promise.all(
      batch.map(async (fact) => ({ ...fact, partition: partitionOf(fact.key, await this.partitionsOf(fact.topic)) })),
    );
    const counts = new Map<string, LaneName & { count: number }>();
    const rows = placed.map((fact) => {
      const { topic, partition } = fact;
      const lane = counts.get(laneName(fact)) ?? { topic, partition, count: 0 };
      counts.set(laneName(fact), lane);
      lane.count += 1;
      return { ...fact, nth: lane.count - 1 };
    });
    const lanes = [...counts.values()];
    await this.pool.query(appendedRows(lanes, rows, publishedAt));
    return lanes;
  }

  /** A consumer that is new begins at the beginning. */
  async openCursors(consumer: string, topics: readonly string[]): Promise<LaneName[]> {
    await this.pool.query(
      `INSERT INTO cursor (consumer, topic, partition) SELECT $1, topic, partition FROM head WHERE topic = ANY($2) ON CONFLICT DO NOTHING`,
      [consumer, topics],
    );
    const { rows } = await this.pool.query<LaneName>('SELECT topic, partition FROM head WHERE topic = ANY($1) ORDER BY topic, partition', [
      topics,
    ]);
    return rows;
  }

  /** What follows the consumer's cursors, by lane name: at most `limit` facts of each lane; a lane at its end is missing. */
  async read(consumer: string, lanes: readonly LaneName[], limit: number): Promise<ReadonlyMap<string, Stretch>> {
    const { rows } = await this.pool.query<LogRow>({
      name: 'bus-read',
      // The cursors are read first and each bounds the index: joined, the planner may walk the log from its beginning at each read.
      text: `WITH c AS MATERIALIZED (
               SELECT topic, partition, position FROM unnest($2::text[], $3::int[]) AS a(topic, partition)
                 JOIN cursor USING (topic, partition) WHERE consumer = $1)
             SELECT c.topic, c.partition, c.position AS from, l.position, l.key, l.fact, l.headers
               FROM c CROSS JOIN LATERAL (
                 SELECT position, key, fact, headers FROM log
                  WHERE topic = c.topic AND partition = c.partition AND position >= c.position ORDER BY position LIMIT $4) l
              ORDER BY c.topic, c.partition, l.position`,
      values: [consumer, lanes.map(({ topic }) => topic), lanes.map(({ partition }) => partition), limit],
    });
    const stretches = new Map<string, { from: string; facts: DeliveredFact[] }>();
    for (const { topic, partition, from, position, key, fact, headers } of rows) {
      const name = laneName({ topic, partition });
      const stretch = stretches.get(name) ?? { from, facts: [] };
      stretches.set(name, stretch);
      stretch.facts.push(this.theSame({ topic, partition, offset: position, key, bytes: fact, headers: headers ?? undefined }));
    }
    return stretches;
  }

  /** A log that was lost begins again at its first place: the bytes decide. */
  private theSame(fact: DeliveredFact & { readonly bytes: Buffer }): DeliveredFact {
    const place = `${laneName(fact)}/${fact.offset}`;
    const known = this.remembered.get(place);
    if (known?.key === fact.key && known.bytes.equals(fact.bytes)) return known;
    this.remembered.set(place, fact);
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined && this.remembered.size > rememberedFacts) this.remembered.delete(oldest);
    return fact;
  }

  /**
   * Moves cursors on, each unless somebody moved it meanwhile. They may lose their last moments in a crash of the database, as a
   * broker's offsets may: the facts are then delivered again.
   */
  async moveCursors(consumer: string, moves: readonly CursorMove[]): Promise<void> {
    await this.pool.query({
      name: 'bus-move',
      text: `WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
             UPDATE cursor c SET position = m.to_position
               FROM unhurried, unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) AS m(topic, partition, from_position, to_position)
              WHERE c.consumer = $1 AND c.topic = m.topic AND c.partition = m.partition AND c.position = m.from_position`,
      values: [
        consumer,
        moves.map(({ lane }) => lane.topic),
        moves.map(({ lane }) => lane.partition),
        moves.map(({ from }) => from),
        moves.map(({ to }) => to),
      ],
    });
  }

  /** Every lane that is not at its end. A cursor beyond the end points into a log that was lost: it begins again. */
  async lagging(): Promise<LaneLag[]> {
    const { rows } = await this.pool.query<LaneLag>({
      name: 'bus-lagging',
      text: `SELECT c.consumer, c.topic, c.partition, (h.next - c.position)::float8 AS lag
               FROM cursor c JOIN head h USING (topic, partition) WHERE h.next <> c.position`,
    });
    if (!rows.some(({ lag }) => lag < 0)) return rows;
    await this.pool.query(
      'UPDATE cursor c SET position = 0 FROM head h WHERE h.topic = c.topic AND h.partition = c.partition AND c.position > h.next',
    );
    return this.lagging();
  }

  async purge(before: Date): Promise<void> {
    await this.pool.query('DELETE FROM log WHERE published_at < $1', [before]);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async partitionsOf(topic: string): Promise<number> {
    const known = this.partitions.get(topic);
    if (known !== undefined) return known;
    const { rows } = await this.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM head WHERE topic = $1', [topic]);
    const partitions = rows[0]?.n ?? 0;
    if (partitions === 0) throw new Error(`The topic ${topic} does not exist; topics are not made by writing to them.`);
    this.partitions.set(topic, partitions);
    return partitions;
  }
}

/**
 * The bytes of all facts travel as one binary value and are cut apart by the database: no text form of bytes is ever made. A fact whose partition has no
 * head gets no position, which the table refuses.
 */
function appendedRows(
  lanes: readonly (LaneName & { readonly count: number })[],
  rows: readonly (WireFact & { readonly partition: number; readonly nth: number })[],
  publishedAt: Date,
): pg.QueryConfig {
  let end = 1;
  const starts = rows.map(({ bytes }) => (end += bytes.length) - bytes.length);
  return {
    name: 'bus-append',
    text: `WITH locked AS MATERIALIZED (
             SELECT topic, partition, next FROM head WHERE (topic, partition) IN (SELECT * FROM unnest($1::text[], $2::int[]))
              ORDER BY topic, partition FOR UPDATE),
           moved AS (
             UPDATE head h SET next = l.next + n.count
               FROM locked l JOIN unnest($1::text[], $2::int[], $3::int[]) AS n(topic, partition, count) USING (topic, partition)
              WHERE h.topic = l.topic AND h.partition = l.partition)
           INSERT INTO log (topic, partition, position, key, fact, published_at, headers)
           SELECT r.topic, r.partition, l.next + nth, key, substring($8::bytea FROM start FOR length), $11, headers::json
             FROM unnest($4::text[], $5::int[], $6::int[], $7::text[], $9::int[], $10::int[], $12::text[])
                    AS r(topic, partition, nth, key, start, length, headers)
             LEFT JOIN locked l USING (topic, partition)`,
    values: [
      lanes.map(({ topic }) => topic),
      lanes.map(({ partition }) => partition),
      lanes.map(({ count }) => count),
      rows.map(({ topic }) => topic),
      rows.map(({ partition }) => partition),
      rows.map(({ nth }) => nth),
      rows.map(({ key }) => key),
      Buffer.concat(rows.map(({ bytes }) => bytes)),
      starts,
      rows.map(({ bytes }) => bytes.length),
      publishedAt,
      rows.map(({ headers }) => (headers ? JSON.stringify(headers) : null)),
    ],
  };
}
