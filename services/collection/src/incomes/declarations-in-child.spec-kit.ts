import { KnownFlows } from '@isu/chassis';
import { Consumer, EmbeddedBus, FactStore } from '@isu/messaging';
import { FakeClock, silentLogger } from '@isu/testing';
import { DataSource } from 'typeorm';
import { locksFirst, subscriptions } from '../inbox.js';
import { useCases } from '../use-cases.js';

/** A process of its own that takes what came over the bus, a few facts at a time, until it is killed. */
const [url = '', busUrl = '', day = ''] = process.argv.slice(2);
const db = await new DataSource({ type: 'postgres', url, installExtensions: false, poolSize: 8 }).initialize();
const clock = new FakeClock(day);
const facts = new FactStore('collection', clock);
const heard = subscriptions(useCases({ db, facts, flows: new KnownFlows(facts), clock, log: silentLogger }));
const bus = await EmbeddedBus.open({ connection: { connectionString: busUrl }, clock, log: silentLogger, pollMs: 20 });
await new Consumer({
  ...{ name: 'collection', authors: ['urssaf-sync'], bus, db, connection: { connectionString: url }, clock, log: silentLogger, locksFirst },
  handlerOf: (type) => heard[type] as ReturnType<Consumer['settings']['handlerOf']>,
  peers: { factsOf: () => Promise.resolve([]) },
  pace: { factsPerRun: 3 },
}).start();
