import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, FakeClock, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { RefusedByBus, type DeliveredFact } from './bus.js';
import { BusAlreadyOpen, EmbeddedBus } from './embedded-bus.js';
import { busMigrations } from './migrations.js';

describe('The embedded bus, as strict as Kafka', () => {
  const topic = 'isu.collection';
  let own: FreshDatabase;
  let bus: EmbeddedBus;
  const open = () =>
    EmbeddedBus.open({ connection: { connectionString: own.url }, clock: new FakeClock('2016-05-20'), log: silentLogger, pollMs: 20 });
  const fact = (key: string, text: string) => ({ topic, key, bytes: Buffer.from(text) });
  beforeEach(async () => {
    own = await freshDatabase(busMigrations, { schema: 'bus' });
    bus = await open();
    await bus.ensureTopics([{ topic, partitions: 12 }]);
  });
  afterEach(async () => {
    await bus.close();
    await own.close();
  });

  const hear = async (consumer: string, heard: DeliveredFact[] = []) => {
    const subscription = await bus.subscribe({ consumer, topics: [topic] }, async (facts) => {
      heard.push(...facts);
      return { done: facts.length };
    });
    return { heard, subscription };
  };

  it('serves one process: a second is refused until the first has closed', async () => {
    await expect(open()).rejects.toThrow(BusAlreadyOpen);
    await bus.close();
    bus = await open();
  });

  it('keeps the log between processes, and a consumer that is new begins at the beginning', async () => {
    await bus.publish([fact('a', '1'), fact('a', '2')]);
    await bus.close();
    bus = await open();
    const { heard } = await hear('benefits');
    await eventually(() => heard.length === 2);
    expect(heard.map(({ key, bytes, offset }) => [key, Buffer.from(bytes).toString(), offset])).toEqual([
      ['a', '1', '0'],
      ['a', '2', '1'],
    ]);
  });

  it('gives positions in order and without holes to publishers that meet', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => bus.publish([fact('a', `${index}`), fact(`b${index}`, 'x'), fact('a', 'again')])),
    );
    const rows = await own.db.query('SELECT count(*)::int AS n, max(position)::int AS last FROM log GROUP BY topic, partition');
    for (const { n, last } of rows) expect(last).toBe(n - 1);
  });

  it('does not make a consumer wait for another that is slow', async () => {
    let release = () => undefined as unknown;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = await bus.subscribe({ consumer: 'slow', topics: [topic] }, async (facts) => {
      await held;
      return { done: facts.length };
    });
    const { heard } = await hear('quick');
    await bus.publish([fact('a', '1'), fact('b', '2')]);
    await eventually(() => heard.length === 2);
    release();
    await slow.stop();
  });

  it('makes a lane wait that asks for it, delivers again from where it stopped, and lets the others pass', async () => {
    const heard: string[] = [];
    let refused = 0;
    await bus.subscribe({ consumer: 'benefits', topics: [topic] }, async (facts) => {
      const bad = facts.findIndex(({ bytes }) => Buffer.from(bytes).toString() === 'bad' && refused++ < 2);
      const done = bad < 0 ? facts.length : bad;
      heard.push(...facts.slice(0, done).map(({ bytes }) => Buffer.from(bytes).toString()));
      return bad < 0 ? { done } : { done, retryInMs: 10 };
    });
    await bus.publish([fact('a', '1'), fact('a', 'bad'), fact('a', '3')]);
    await eventually(() => heard.length === 3);
    expect(heard).toEqual(['1', 'bad', '3']);
    expect(refused).toBe(3);
  });

  it('refuses for good what a broker would: a fact over its limit; and a topic is not made by writing to it', async () => {
    await expect(bus.publish([{ topic, key: 'a', bytes: new Uint8Array(1024 * 1024 + 1) }])).rejects.toThrow(RefusedByBus);
    await expect(bus.publish([{ topic: 'isu.nobody', key: 'a', bytes: new Uint8Array(1) }])).rejects.toThrow('does not exist');
  });

  it('forgets by age, not because something was read', async () => {
    await bus.publish([fact('a', '1')]);
    const { heard } = await hear('benefits');
    await eventually(() => heard.length === 1);
    expect(await own.db.query('SELECT count(*)::int AS n FROM log')).toEqual([{ n: 1 }]);
  });
});
