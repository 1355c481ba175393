import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, type FactDraft } from '@isu/contracts';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { account, opened, reversed } from './contract-suite/world.js';
import { FactStore } from './fact-store.js';
import { messagingMigrations } from './migrations.js';
import { NotAcceptingWrites } from './trouble.js';
import { WriteGate } from './write-gate.js';

describe('The fact store', () => {
  const clock = new FakeClock('2016-05-20');
  const store = new FactStore('collection', clock);
  let collection: FreshDatabase;
  beforeAll(async () => void (collection = await freshDatabase(messagingMigrations, { schema: 'collection' })));
  afterAll(() => collection.close());
  const write = (drafts: readonly FactDraft[]) => collection.db.transaction((tx) => store.publish(tx, drafts));

  it('numbers 1…n without holes and chains, whoever writes at the same time and in whatever order (I1, R7)', async () => {
    const streams = [1, 2, 3, 4, 5].map(account);
    const writers = Array.from({ length: 40 }, (_, index) => {
      const order = index % 2 ? streams : [...streams].reverse();
      const undone = index % 5 === 0;
      return collection.db
        .transaction(async (tx) => {
          await store.publish(tx, order.map(reversed));
          if (undone) throw new Error('undone');
        })
        .catch((fault: Error) => {
          if (fault.message !== 'undone') throw fault;
        });
    });
    await Promise.all(writers);
    for (const stream of streams) {
      const facts = await store.factsOf(collection.db, stream);
      expect(facts.map(({ seq }) => seq)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
      expect(facts.slice(1).map(({ previous }) => previous)).toEqual(facts.slice(0, -1).map(digestOf));
    }
    const outbox = await collection.db.query('SELECT o.seq, lag(o.seq) OVER (PARTITION BY o.stream ORDER BY o.id) AS before FROM outbox o');
    expect(outbox.filter(({ seq, before }: { seq: string; before: string | null }) => Number(seq) !== Number(before ?? 0) + 1)).toEqual([]);
  });

  it('writes 5 000 facts as one set', async () => {
    const facts = await write(Array.from({ length: 5_000 }, (_, index) => opened(account(1_000 + (index % 2_500)))));
    expect(facts).toHaveLength(5_000);
    expect(facts.at(-1)).toMatchObject({ seq: 2, subject: account(3_499) });
  });

  it('is append-only for the service: nobody who runs it can change or remove a fact (R8)', async () => {
    await write([opened(account(10))]);
    await expect(collection.db.query(`UPDATE fact SET digest = ''`)).rejects.toThrow('permission denied for table fact');
    await expect(collection.db.query('DELETE FROM fact')).rejects.toThrow('permission denied for table fact');
    await expect(collection.db.query('TRUNCATE fact')).rejects.toThrow('permission denied for table fact');
  });

  it('answers as it knew on a day (I7), with the vector that a decision cites (I5)', async () => {
    const stream = account(20);
    await write([opened(stream)]);
    clock.pass({ days: 1 });
    await write([reversed(stream)]);
    expect((await store.factsOf(collection.db, stream, '2016-05-20T23:59:59.999Z')).map(({ seq }) => seq)).toEqual([1]);
    expect((await store.factsOf(collection.db, stream)).map(({ time }) => time)).toEqual([
      '2016-05-20T10:00:00.000Z',
      '2016-05-21T10:00:00.000Z',
    ]);
    expect(await store.vectorOf(collection.db, stream)).toEqual({ collection: 2 });
  });

  it('gives a stretch of a stream byte for byte as it was written', async () => {
    const stream = account(30);
    const facts = await write([opened(stream), reversed(stream), reversed(stream)]);
    const texts = await store.wireOf(collection.db, { author: 'collection', stream, fromSeq: 2, toSeq: 3 });
    expect(texts.map((text) => digestOf(JSON.parse(text)))).toEqual(facts.slice(1).map(digestOf));
    const above = BigInt(facts[0]!.position);
    expect(await store.wireFrom(collection.db, { author: 'collection', after: above, limit: 10 })).toEqual(texts);
    expect(await store.highestPosition(collection.db, 'collection')).toBe(BigInt(facts[2]!.position));
  });

  it('tells that facts were written once, when they are there for others to see, and never of what was undone', async () => {
    const heard = new FactStore('collection', clock);
    const seen: Promise<unknown[]>[] = [];
    heard.onPublished(() => seen.push(collection.db.query('SELECT 1 FROM fact WHERE stream = $1', [account(50)])));
    await collection.db.transaction(async (tx) => {
      await heard.publish(tx, [opened(account(50))]);
      await tx.transaction((part) => heard.publish(part, [reversed(account(50))]));
      expect(seen).toHaveLength(0);
    });
    const undone = collection.db.transaction(async (tx) => {
      await heard.publish(tx, [reversed(account(50))]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await Promise.all(seen)).map((rows) => rows.length)).toEqual([2]);
  });

  it('writes nothing while the author does not know what it may have forgotten', async () => {
    const gate = new WriteGate();
    const careful = new FactStore('collection', clock, { gate });
    const attempt = () => collection.db.transaction((tx) => careful.publish(tx, [opened(account(40))]));
    await expect(attempt()).rejects.toThrow(NotAcceptingWrites);
    gate.openForGood();
    expect(await attempt()).toHaveLength(1);
  });
});
