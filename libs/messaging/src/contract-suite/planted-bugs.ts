import type { FactDraft } from '@isu/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { canonicalJson, topicOf } from '@isu/contracts';
import type { Bus } from '../bus.js';
import { Consumer } from '../consumer.js';
import { FactStore } from '../fact-store.js';
import type { Leadership } from '../leadership.js';
import { markSent, takeUnsent, type UnsentFact } from '../outbox.js';
import { Relay, type RelaySettings } from '../relay.js';
import type { PlantedBug } from './surroundings.js';

/** Marks the rows, then sends them: what is lost in between is lost for good. */
class MarksFirst extends Relay {
  protected override async sendBatch({ connection }: Leadership): Promise<boolean> {
    const { author, bus, clock, failpoints } = this.settings;
    const facts = await takeUnsent(connection, { author, rows: 500, bytes: 512 * 1024 });
    if (facts.length === 0) return false;
    const ids = facts.map(({ id }) => id);
    await markSent(connection, ids, clock.now());
    await failpoints.reach('committed-before-relay');
    await bus.publish(facts.map(({ topic, stream, wire }) => ({ topic, key: stream, bytes: Buffer.from(wire) })));
    await failpoints.reach('published-before-marking');
    return true;
  }
}

/** Remembers the last id instead of asking for unsent rows. */
class PollsByLastId extends Relay {
  private lastId = 0n;

  protected override async take(leadership: Leadership): Promise<UnsentFact[]> {
    const facts = (await super.take(leadership)).filter(({ id }) => BigInt(id) > this.lastId);
    for (const { id } of facts) if (BigInt(id) > this.lastId) this.lastId = BigInt(id);
    return facts;
  }
}

/** Tells the bus that a run is settled before it is. */
const settlesFirst = (bus: Bus): Bus => ({
  ensureTopics: (topics) => bus.ensureTopics(topics),
  publish: (batch) => bus.publish(batch),
  listen: (topics, hear) => bus.listen(topics, hear),
  health: () => bus.health(),
  close: () => bus.close(),
  subscribe: (to, lane) =>
    bus.subscribe(to, async (facts, signal) => {
      void lane(facts, signal);
      return { done: facts.length };
    }),
});

/** Moves its cursors on another connection than the handler's transaction. */
function cursorsOutside(db: DataSource): DataSource {
  const outside = (tx: EntityManager): EntityManager =>
    new Proxy(tx, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name) as unknown;
        return (sql: string, parameters?: unknown[]) =>
          sql.includes('inbox_cursor') ? db.query(sql, parameters) : target.query(sql, parameters);
      },
    });
  return new Proxy(db, {
    get: (target, name) => {
      if (name !== 'transaction') return Reflect.get(target, name) as unknown;
      return (work: (tx: EntityManager) => Promise<unknown>) => target.transaction((tx) => work(outside(tx)));
    },
  });
}

/** Knows what it has seen only as long as it lives. */
class ForgetsWhatItKnew extends Consumer {
  override async start(): Promise<void> {
    await this.settings.db.query('DELETE FROM inbox_cursor');
    await super.start();
  }
}

/** Tells the world before the transaction has committed. */
class PublishesBeforeCommit extends FactStore {
  constructor(
    inner: FactStore,
    private readonly bus: () => Bus,
  ) {
    super(inner.author, inner.clock);
  }

  override async publish(tx: EntityManager, drafts: readonly FactDraft[]) {
    const facts = await super.publish(tx, drafts);
    await this.bus().publish(
      facts.map((fact) => ({ topic: topicOf(this.author), key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) })),
    );
    return facts;
  }
}

const relay = (kind: new (settings: RelaySettings) => Relay): PlantedBug => ({ relay: (settings) => new kind(settings) });

export const plantedBugs: readonly { title: string; caughtBy: string; bug: PlantedBug }[] = [
  { title: 'marked as sent before it is sent', caughtBy: '3a', bug: relay(MarksFirst) },
  { title: 'outbox read after the last id', caughtBy: '2', bug: relay(PollsByLastId) },
  {
    title: 'sent before the transaction commits',
    caughtBy: '2',
    bug: { facts: (store, { bus }) => new PublishesBeforeCommit(store, bus) },
  },
  { title: 'bus told that a run is settled before its handler ran', caughtBy: '3b', bug: { bus: settlesFirst } },
  {
    title: 'cursor moved outside the transaction of the handler',
    caughtBy: '6',
    bug: { consumer: (settings) => new Consumer({ ...settings, db: cursorsOutside(settings.db) }) },
  },
  { title: 'duplicates remembered by the process alone', caughtBy: '5', bug: { consumer: (settings) => new ForgetsWhatItKnew(settings) } },
  {
    title: 'failure of a handler logged and acknowledged',
    caughtBy: '6',
    bug: { handler: (handler) => (tx, facts) => handler(tx, facts).catch(() => undefined) },
  },
];
