import type { Fact, FactType } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockCursors, moveCursors } from './cursors.js';
import { placeOf, type ReadableArrival, type ReadArrival } from './delivery.js';
import type { Failpoints } from './failpoints.js';
import { noMetrics, raiseAlarm, type Observer } from './observation.js';
import { runsByType } from './runs.js';
import { keepAside, type Aside } from './set-aside.js';
import { together } from './together.js';
import { underApplySpans } from './traces.js';
import { judge } from './verdicts.js';
import { envelopeFrom, wireColumns, wireRows } from './wire-rows.js';

/** Handed all the facts of one type of a run, as a set; within each stream they come in order. Effects go through `tx` alone. */
export type FactHandler<T extends FactType = FactType> = (tx: EntityManager, facts: readonly Fact<T>[]) => Promise<void>;

/** Every event a service hears, and the use case it calls. */
export type Subscriptions = { readonly [T in FactType]?: FactHandler<T> };

/**
 * Locks what the handlers of a run will write, all of it at once and in the one order of the service. Handlers are called type by type, each locking
 * its own: without it, a run of two types takes rows out of order, and waits in a circle with whoever takes them in theirs.
 */
export type LocksFirst = (tx: EntityManager, facts: readonly Fact[]) => Promise<void>;

/** What a consumer knows itself by. */
export interface InboxSettings extends Observer {
  /** The service's name; cursors and set-aside rows are kept under it. */
  consumer: string;
  clock: BusinessClock;
  handlerOf: (type: FactType) => FactHandler | undefined;
  locksFirst?: LocksFirst | undefined;
  failpoints: Failpoints;
}

export interface Settled {
  readonly applied: number;
  readonly duplicates: number;
  readonly aside: number;
  /** There is work for the retry worker: something was set aside, or what waited can go on. */
  readonly wakesRetries: boolean;
}

/** The number is kept already with other content, and this service did not notice earlier: the first stands. */
export class ForkFound extends Error {}

/** Takes what arrived into the service, once and in order, in the caller's transaction. */
export class Inbox {
  constructor(private readonly settings: InboxSettings) {}

  /**
   * Settles a run: keeps and handles what is next in its stream, drops what is known, sets the rest aside. Throws what a
   * handler throws; the caller's transaction then undoes everything, cursors included.
   */
  async settle(tx: EntityManager, arrivals: readonly ReadArrival[]): Promise<Settled> {
    const { consumer, clock, failpoints } = this.settings;
    const places = arrivals.map(placeOf).filter((place) => place !== null);
    const verdicts = judge(arrivals, await lockCursors(tx, consumer, places));
    const { forks, late, duplicates } = await this.judgeKnown(tx, verdicts.known);
    const asides = [...verdicts.aside, ...forks.map((arrival): Aside => ({ arrival, state: 'fork' }))];
    const kept = await keepAside(tx, { consumer, since: clock.now() }, asides);
    await together(
      keepFacts(tx, [...verdicts.next, ...late], clock.recordedAt()),
      moveCursors(tx, consumer, verdicts.cursors),
      this.handle(tx, verdicts.next),
    );
    await failpoints.reach('consumed-before-commit');
    this.tell(kept, { applied: verdicts.next.length, duplicates });
    return { applied: verdicts.next.length, duplicates, aside: kept.length, wakesRetries: kept.length > 0 || verdicts.unblocked };
  }

  /** The only way past a fact that its handler cannot take: its stream waits, the others go on. */
  async setAsideFailed(
    tx: EntityManager,
    arrival: ReadArrival,
    failure: Pick<Aside, 'attempts' | 'nextTryAt' | 'error'> & { isFork: boolean },
  ): Promise<void> {
    const { consumer, clock } = this.settings;
    const { isFork, ...rest } = failure;
    this.tell(await keepAside(tx, { consumer, since: clock.now() }, [{ arrival, state: isFork ? 'fork' : 'retrying', ...rest }]), {});
  }

  private async judgeKnown(tx: EntityManager, known: readonly ReadableArrival[]) {
    if (known.length === 0) return { forks: [], late: [], duplicates: 0 };
    const digests = await keptDigests(tx, known);
    const forks = known.filter((arrival) => (digests.get(placeKey(arrival)) ?? arrival.digest) !== arrival.digest);
    // A number that somebody gave up comes after all: kept for the account's view, never applied out of order.
    const late = known.filter((arrival) => !digests.has(placeKey(arrival)));
    return { forks, late, duplicates: known.length - forks.length - late.length };
  }

  private async handle(tx: EntityManager, arrivals: readonly ReadableArrival[]): Promise<void> {
    const { consumer, handlerOf, locksFirst } = this.settings;
    const cameAs = new Map(arrivals.map((arrival) => [arrival.fact, arrival]));
    const runs = runsByType([...cameAs.keys()]);
    const handled = runs.filter(([first]) => first && handlerOf(first.type));
    // One handler locks its own in order.
    if (handled.length > 1) await locksFirst?.(tx, handled.flat());
    for (const run of runs) {
      const [first] = run;
      const handler = first && handlerOf(first.type);
      const arrived = run.map((fact) => ({ fact, traceparent: cameAs.get(fact)?.traceparent }));
      await underApplySpans(consumer, arrived, async () => handler?.(tx, run));
      this.tellApplied(run);
    }
  }

  /** One line for all facts of a type that one cause has led to: a payment is followed through all services by its correlation. */
  private tellApplied(run: readonly Fact[]): void {
    const { consumer, log } = this.settings;
    const counts = new Map<string, number>();
    for (const { correlation } of run) counts.set(correlation, (counts.get(correlation) ?? 0) + 1);
    for (const [correlation, count] of counts) log.info({ consumer, correlation, type: run[0]?.type, count }, 'Facts are applied');
  }

  private tell(kept: readonly Aside[], counts: { applied?: number; duplicates?: number }): void {
    const { consumer, log, metrics = noMetrics } = this.settings;
    for (const [outcome, by] of Object.entries(counts)) if (by > 0) metrics.count('isu_inbox_facts_total', by, { consumer, outcome });
    for (const { arrival, state } of kept) {
      const place = placeOf(arrival);
      const correlation = arrival.fact?.correlation;
      const fields = { consumer, origin: arrival.origin, state, author: place?.author, seq: place?.seq, correlation };
      metrics.count('isu_inbox_facts_total', 1, { consumer, outcome: state });
      if (state === 'fork')
        raiseAlarm(this.settings, 'fork', { fields, message: 'A known number came with other content; what is kept stands' });
      else if (state === 'unreadable')
        raiseAlarm(this.settings, 'unreadable', { fields, message: 'What came is no fact of ours; kept as received' });
      else if (state !== 'behind') log.warn(fields, 'A fact was set aside; its stream waits');
    }
  }
}

const placeKey = ({ author, stream, seq }: { author: string; stream: string; seq: number | string }): string =>
  `${author} ${stream} ${seq}`;

async function keptDigests(tx: EntityManager, arrivals: readonly ReadableArrival[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ author: string; stream: string; seq: string; digest: string }[]>(
    `SELECT f.author, f.stream, f.seq, f.digest FROM unnest($1::text[], $2::text[], $3::bigint[]) AS a(author, stream, seq)
       JOIN fact f USING (author, stream, seq)`,
    [arrivals.map(({ author }) => author), arrivals.map(({ stream }) => stream), arrivals.map(({ seq }) => seq)],
  );
  return new Map(rows.map((row) => [placeKey(row), row.digest]));
}

/** Adds facts to this service's copy, as known from an instant on, or from when they were recorded. One that is kept already must be the same fact. */
export async function keepFacts(tx: EntityManager, arrivals: readonly ReadableArrival[], receivedAt: string | null): Promise<void> {
  if (arrivals.length === 0) return;
  const { rows, bytes } = wireRows(arrivals, ({ author }) => ({ author }));
  const inserted = await tx.query<unknown[]>(
    `INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
     SELECT author, stream, seq, id, type, ${envelopeFrom('$3')}, digest, position, effective, recorded, coalesce($2::timestamptz, recorded)
       FROM json_to_recordset($1) AS a(${wireColumns}, author text)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [rows, receivedAt, bytes],
  );
  if (inserted.length === arrivals.length) return;
  const digests = await keptDigests(tx, arrivals);
  const other = arrivals.find((arrival) => digests.get(placeKey(arrival)) !== arrival.digest);
  if (other) throw new ForkFound(`${other.author} wrote number ${other.seq} of a stream twice.`);
}
