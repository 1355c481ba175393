import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { topicOf } from '@isu/contracts';
import { eventually, FakeClock, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { account, opened, reversed } from './contract-suite/world.js';
import { EmbeddedBus } from './embedded-bus.js';
import { FactStore } from './fact-store.js';
import { busMigrations, messagingMigrations } from './migrations.js';
import { Relay } from './relay.js';
import { FactStrategy } from './strategy.js';

@Module({})
class EmptyModule {}

describe('A Nest application that hosts the consumer', () => {
  const clock = new FakeClock('2016-05-20');
  const made: FreshDatabase[] = [];
  let [collection, benefits]: FreshDatabase[] = [];
  let bus: EmbeddedBus;
  beforeAll(async () => {
    const [own, ...others] = [
      await freshDatabase(busMigrations, { schema: 'bus' }),
      await freshDatabase(messagingMigrations, { schema: 'collection' }),
      await freshDatabase(messagingMigrations, { schema: 'benefits' }),
    ];
    made.push(own, ...others);
    [collection, benefits] = others;
    bus = await EmbeddedBus.open({ connection: { connectionString: own.url }, clock, log: silentLogger });
  });
  afterAll(async () => {
    await bus.close();
    await Promise.all(made.map((database) => database.close()));
  });

  it('hands facts and transaction to the handler, keeps the fault as it was thrown, and drains when it closes', async () => {
    const heard: string[] = [];
    const strategy = new FactStrategy(
      {
        name: 'benefits',
        authors: ['collection'],
        bus,
        db: benefits!.db,
        connection: { connectionString: benefits!.url },
        peers: { factsOf: () => Promise.resolve([]) },
        clock,
        log: silentLogger,
      },
      {
        'collection.account-opened.v1': async (tx, facts) => {
          const [{ n }] = await tx.query('SELECT count(*)::int AS n FROM fact');
          heard.push(...facts.map(({ subject, data }) => `${subject} ${data.openedOn} ${n}`));
        },
        'collection.payment-reversed.v1': () => Promise.reject(new TypeError('the reversal precedes its payment')),
      },
    );
    const app = await NestFactory.create(EmptyModule, { logger: false });
    app.connectMicroservice({ strategy });
    await app.startAllMicroservices();

    const facts = new FactStore('collection', clock);
    const relay = new Relay({
      author: 'collection',
      bus,
      db: collection!.db,
      connection: { connectionString: collection!.url },
      clock,
      log: silentLogger,
    });
    relay.start();
    await collection!.db.transaction((tx) => facts.publish(tx, [opened(account(1)), reversed(account(1))]));
    await eventually(async () => (await strategy.consumer.health()).setAside.retrying === 1);
    expect(heard.at(-1)).toBe(`${account(1)} 2016-05-20 1`);
    expect((await strategy.consumer.parking.list())[0]?.error).toBe('TypeError: the reversal precedes its payment');
    expect(await bus.health()).toMatchObject({ connected: true });

    await app.close();
    await relay.stop();
    expect((await strategy.consumer.health()).running).toBe(false);
    expect(strategy.unwrap()).toBe(strategy.consumer);
    expect(topicOf('collection')).toBe('isu.collection');
  });
});
