import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@isu/contracts';
import { eventually, FakeClock, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import type { EntityManager } from 'typeorm';
import { account, opened, reversed } from './contract-suite/world.js';
import { Signal } from './contract-suite/surroundings.js';
import { read } from './delivery.js';
import { FactStore } from './fact-store.js';
import { noFailpoints } from './failpoints.js';
import { Inbox } from './inbox.js';
import { messagingMigrations } from './migrations.js';

describe('The inbox', () => {
  const clock = new FakeClock('2016-05-20');
  let collection: FreshDatabase;
  let benefits: FreshDatabase;
  beforeAll(async () => {
    collection = await freshDatabase(messagingMigrations, { schema: 'collection' });
    benefits = await freshDatabase(messagingMigrations, { schema: 'benefits' });
  });
  afterAll(() => Promise.all([collection.close(), benefits.close()]));

  it('lets a process that has lost its partitions find only duplicates: it waits for the one that took over (I3)', async () => {
    const facts = await collection.db.transaction((tx) =>
      new FactStore('collection', clock).publish(
        tx,
        [1, 2, 3].map(account).flatMap((stream) => [opened(stream), reversed(stream)]),
      ),
    );
    const arrivals = facts.map((fact) =>
      read({ origin: fact.id, topic: 'isu.collection', key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) }),
    );
    const [handling, mayCommit] = [new Signal(), new Signal()];
    let handled = 0;
    const inbox = new Inbox({
      consumer: 'benefits',
      clock,
      log: silentLogger,
      failpoints: noFailpoints,
      handlerOf: () => async (_, set) => {
        handled += set.length;
        handling.give();
        await mayCommit.given;
      },
    });
    const successor = benefits.db.transaction((tx) => inbox.settle(tx, arrivals));
    await handling.given;
    const zombie = benefits.db.transaction((tx) => inbox.settle(tx, arrivals));
    mayCommit.give();
    expect([await successor, await zombie]).toEqual([
      { applied: 6, duplicates: 0, aside: 0, wakesRetries: false },
      { applied: 0, duplicates: 6, aside: 0, wakesRetries: false },
    ]);
    expect(handled).toBe(6);
  });

  it('R13 locks what the handlers of a run will write in one order: no circle with who takes the same in theirs', async () => {
    const [first, second] = [account(11), account(12)];
    // Of two types, each with a handler: the second account comes before the first.
    const facts = await collection.db.transaction((tx) =>
      new FactStore('collection', clock).publish(tx, [opened(second), reversed(first)]),
    );
    const arrivals = facts.map((fact) =>
      read({ origin: fact.id, topic: 'isu.collection', key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) }),
    );
    const lock = async (tx: EntityManager, streams: readonly string[]): Promise<void> => {
      for (const stream of streams) await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [stream]);
    };
    const inbox = new Inbox({
      ...{ consumer: 'benefits-locks', clock, log: silentLogger, failpoints: noFailpoints },
      locksFirst: (tx, all) => lock(tx, [...new Set(all.map(({ subject }) => subject))].sort()),
      handlerOf: () => (tx, set) => lock(tx, set.map(({ subject }) => subject)), // prettier-ignore
    });
    const isWaiting = async () =>
      ((await benefits.db.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)) as unknown[]).length > 0;
    let settled: Promise<unknown> = Promise.resolve();
    await benefits.db.transaction(async (tx) => {
      await lock(tx, [first]);
      settled = benefits.db.transaction((mine) => inbox.settle(mine, arrivals));
      await eventually(isWaiting);
      await lock(tx, [second]);
    });
    expect(await settled).toMatchObject({ applied: 2 });
  });

  it('keeps what an operator decided, and nobody who runs the service can change it', async () => {
    await expect(benefits.db.query(`UPDATE given_up SET reason = ''`)).rejects.toThrow('permission denied');
    await expect(benefits.db.query('DELETE FROM given_up')).rejects.toThrow('permission denied');
  });
});
