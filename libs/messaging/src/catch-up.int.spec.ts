import { afterEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, topicOf, type Fact } from '@isu/contracts';
import { eventually, FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import type { Bus, DeliveredFact, Lane } from './bus.js';
import { Consumer } from './consumer.js';
import { account, opened, reversed } from './contract-suite/world.js';
import { FactStore } from './fact-store.js';
import { messagingMigrations } from './migrations.js';

/** Collection has written; the bus believes that benefits has had everything, and brings nothing more. */
describe('A reader that lacks facts after which nothing comes (R4, R7)', () => {
  const clock = new FakeClock('2016-05-20');
  const cleaning: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const clean of cleaning.splice(0).reverse()) await clean();
  });

  const database = async (schema: string): Promise<FreshDatabase> => {
    const fresh = await freshDatabase(messagingMigrations, { schema });
    cleaning.push(() => fresh.close());
    return fresh;
  };

  async function scene(whenAsked: (deliver: (facts: readonly Fact[]) => Promise<void>, written: readonly Fact[]) => Promise<void>) {
    const [author, reader] = [await database('collection'), await database('benefits')];
    const store = new FactStore('collection', clock);
    const drafts = [opened(account(1)), opened(account(2)), reversed(account(1)), reversed(account(1))];
    const written = await author.db.transaction((tx) => store.publish(tx, drafts));
    const [handled, alarms, questions]: [Fact[], unknown[], string[]] = [[], [], []];

    let lane: Lane | undefined;
    const deliver = async (facts: readonly Fact[]): Promise<void> => {
      const delivered = facts.map((fact, offset): DeliveredFact => {
        const bytes = Buffer.from(canonicalJson(fact));
        return { topic: topicOf('collection'), partition: 0, offset: String(offset), key: fact.subject, bytes };
      });
      await lane?.(delivered, new AbortController().signal);
    };
    const bus: Bus = {
      ensureTopics: () => Promise.resolve(),
      publish: () => Promise.resolve(),
      listen: () => Promise.reject(new Error('Nobody listens here.')),
      subscribe: async (_, given) => {
        lane = given;
        return { stop: () => Promise.resolve() };
      },
      health: () => ({ connected: true, pausedLanes: [], lastProgressAt: null, lag: {}, lagByTopic: {} }),
      close: () => Promise.resolve(),
    };
    const consumer = new Consumer({
      name: 'benefits',
      authors: ['collection'],
      bus,
      db: reader.db,
      connection: { connectionString: reader.url },
      handlerOf: () => async (_, facts) => void handled.push(...facts),
      peers: {
        factsOf: (_, stream, fromSeq, toSeq) => {
          questions.push(`${stream} ${String(fromSeq)}–${String(toSeq)}`);
          return store.wireOf(author.db.manager, { author: 'collection', stream, fromSeq, toSeq });
        },
      },
      ends: {
        endsOf: async (_, request) => {
          const ends = await store.endsAfter(author.db.manager, request);
          await whenAsked(deliver, written);
          return ends;
        },
      },
      clock,
      log: { info: () => undefined, warn: () => undefined, error: ({ alarm }) => void alarms.push(alarm) },
      pace: { firstAfterMs: 1, graceMs: 300, restMs: 1, everyMs: 3_600_000 },
    });
    await consumer.start();
    cleaning.push(() => consumer.stop());
    return { reader, written, handled, alarms, questions };
  }

  it('asks their author for them, and takes them in once and in order, as if the bus had brought them', async () => {
    const { written, handled, alarms, questions } = await scene(() => Promise.resolve());
    await eventually(() => handled.length === written.length);
    expect(questions).toEqual([`${account(1)} 1–3`, `${account(2)} 1–1`]);
    expect(handled.filter(({ subject }) => subject === account(1)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(alarms).toEqual(['reader-behind']);
  });

  it('asks for nothing that was only on its way', async () => {
    let delivered = false;
    const { handled, alarms, questions } = await scene(async (deliver, written) => {
      // After the first look at what the author has, before the second.
      if (!delivered) setTimeout(() => void deliver(written), 100);
      delivered = true;
    });
    await eventually(() => handled.length === 4);
    await eventually(() => delivered);
    expect([questions, alarms]).toEqual([[], []]);
  });
});
