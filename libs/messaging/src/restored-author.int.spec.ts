import { afterEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, type Fact } from '@isu/contracts';
import { eventually, FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { account, opened, reversed } from './contract-suite/world.js';
import { read } from './delivery.js';
import { FactStore } from './fact-store.js';
import { keepFacts } from './inbox.js';
import { messagingMigrations } from './migrations.js';
import type { Readers } from './peers.js';
import { AuthorDiverged, RestoredAuthor } from './restored-author.js';
import { WriteGate } from './write-gate.js';

/** Collection has written before and after the backup; benefits has heard everything; then collection's database is put back. */
describe('An author restored from an old backup (R4, I1)', () => {
  const clock = new FakeClock('2016-05-20');
  const databases: FreshDatabase[] = [];
  afterEach(async () => void (await Promise.all(databases.splice(0).map((database) => database.close()))));

  const database = async (schema: string) => {
    const fresh = await freshDatabase(messagingMigrations, { schema });
    databases.push(fresh);
    return fresh;
  };
  const copyTo = (reader: FreshDatabase, facts: readonly Fact[]) =>
    reader.db.transaction((tx) => {
      const arrivals = facts.map((fact) =>
        read({ origin: fact.id, topic: 'isu.collection', key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) }),
      );
      return keepFacts(tx, arrivals as Parameters<typeof keepFacts>[1], clock.recordedAt());
    });

  async function scene() {
    const [before, benefits] = [await database('collection'), await database('benefits')];
    const old = new FactStore('collection', clock);
    const known = await before.db.transaction((tx) => old.publish(tx, [opened(account(1)), opened(account(2))]));
    const forgotten = await before.db.transaction((tx) =>
      old.publish(tx, [reversed(account(1)), opened(account(3)), reversed(account(1))]),
    );
    await copyTo(benefits, [...known, ...forgotten]);

    const restored = await database('collection');
    const gate = new WriteGate();
    const store = new FactStore('collection', clock, { gate });
    await copyTo(restored, known);
    await restored.db.query(`INSERT INTO stream_head SELECT stream, seq, digest FROM fact; `);
    await restored.db.query(`SELECT setval('own_position', 2)`);
    let answers = true;
    const readers: Readers = {
      names: ['benefits'],
      highestPosition: async (_, author) => {
        if (!answers) throw new Error('benefits does not answer');
        return store.highestPosition(benefits.db, author);
      },
      factsFrom: (_, request) => store.wireFrom(benefits.db, request),
    };
    const alarms: unknown[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (fields: { alarm?: unknown }) => void alarms.push(fields.alarm) };
    const rebuilt: Fact[] = [];
    const author = new RestoredAuthor({
      author: 'collection',
      db: restored.db,
      readers,
      gate,
      clock,
      log,
      retryMs: 10,
      onRecovered: async (_, facts) => void rebuilt.push(...facts),
    });
    const silence = (silent: boolean) => (answers = !silent);
    return { restored, gate, store, author, forgotten, rebuilt, alarms, silence };
  }

  it('pulls back what its readers remember before it writes, and goes on from there', async () => {
    const { restored, gate, store, author, forgotten, rebuilt } = await scene();
    await author.openWhenWhole();
    expect(gate.isOpen).toBe(true);
    expect(rebuilt).toEqual(forgotten);
    const [next] = await restored.db.transaction((tx) => store.publish(tx, [opened(account(1))]));
    const first = await store.factsOf(restored.db, account(1));
    expect(
      first
        .slice(0, 3)
        .map(({ id }) => id)
        .slice(1),
    ).toEqual([forgotten[0]!.id, forgotten[2]!.id]);
    expect(next).toMatchObject({ seq: 4 });
    expect(BigInt(next!.position)).toBeGreaterThan(BigInt(forgotten[2]!.position));
    const [{ queued }] = await restored.db.query('SELECT count(*)::int AS queued FROM outbox WHERE sent_at IS NULL');
    expect(queued).toBe(4);
  });

  it('accepts no write while a reader is silent, unless an operator goes on without it', async () => {
    const { restored, gate, store, author, silence } = await scene();
    silence(true);
    const opening = author.openWhenWhole();
    await eventually(() => author.waitingFor.length === 1);
    await expect(restored.db.transaction((tx) => store.publish(tx, [opened(account(1))]))).rejects.toThrow('still asks its readers');
    expect(gate.isOpen).toBe(false);
    silence(false);
    await opening;
    expect([gate.isOpen, author.waitingFor]).toEqual([true, []]);
  });

  it('never opens when a reader holds another fact under a number of its own', async () => {
    const { restored, gate, author, alarms } = await scene();
    const rival = new FactStore('collection', clock);
    await restored.db.transaction((tx) => rival.publish(tx, [opened(account(3))]));
    await expect(author.openWhenWhole()).rejects.toThrow(AuthorDiverged);
    expect([gate.isOpen, alarms]).toEqual([false, ['author-diverged']]);
  });
});
