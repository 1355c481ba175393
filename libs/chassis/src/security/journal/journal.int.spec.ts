import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { genesis } from '@isu/contracts';
import { eventually, FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import type { Subject } from '../tokens/claims.js';
import { createLogger } from '../../logs/logger.js';
import type { ServiceMetrics } from '../../metrics/service-metrics.js';
import { AccessJournal } from './access-journal.js';
import { journalSealer } from './journal-sealer.js';
import { accessJournalMigration } from './journal.migration.js';
import { journalHead, journalLag, sealEntries } from './sealing.js';
import { verifyJournal } from './verification.js';

const subject: Subject = {
  sub: 'rsi:odile',
  org: 'rsi',
  role: 'agent',
  funds: ['13', '14'],
  account: null,
  purpose: null,
  via: ['service:portal'],
};
const account = '1300001234517';

describe('I9 R9 — the access journal', () => {
  const clock = new FakeClock('2016-05-20', '2026-11-22T10:00:00.123Z');
  let base: FreshDatabase;
  let journal: AccessJournal;

  beforeEach(async () => {
    base = await freshDatabase([accessJournalMigration], { schema: 'benefits' });
    journal = new AccessJournal(base.db, clock);
  });
  afterEach(() => base.close());

  const read = (accounts: (string | null)[] = [account]) =>
    journal.record({
      subject,
      purpose: 'Réclamation du 12 mai',
      operation: 'accounts.view',
      accounts,
      correlation: 'c0ffee00-0000-4000-8000-000000000001',
      outcome: 'shown',
    });

  /** What only the owner of the database could do, and what the chain must then tell. */
  const tamper = (sql: string) =>
    base.owner.transaction(async (tx) => {
      for (const table of ['access_journal', 'access_chain']) await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER append_only`);
      await tx.query(sql);
    });

  it('keeps who looked, for which office, through which service, why, and both times', async () => {
    await read();
    expect(await journal.entriesOf(account)).toEqual([
      {
        id: '1',
        recordedAt: '2016-05-20T10:00:00.123Z',
        wallAt: '2026-11-22T10:00:00.123Z',
        sub: 'rsi:odile',
        org: 'rsi',
        role: 'agent',
        funds: ['13', '14'],
        via: ['service:portal'],
        purpose: 'Réclamation du 12 mai',
        operation: 'accounts.view',
        account,
        correlation: 'c0ffee00-0000-4000-8000-000000000001',
        outcome: 'shown',
      },
    ]);
  });

  it('shows the latest first, a page at a time, and one entry for each account of a search', async () => {
    await read([account, '2600001234560']);
    await read();
    await read([null]);
    const [latest, ...older] = await journal.entriesOf(account);
    expect([latest, ...older].map((entry) => entry?.id)).toEqual(['3', '1']);
    expect((await journal.entriesOf(account, { before: latest!.id })).map(({ id }) => id)).toEqual(['1']);
  });

  it('R8 — nothing written can be changed or taken out, by the service nor by the owner', async () => {
    await read();
    await sealEntries(base.db);
    for (const table of ['access_journal', 'access_chain']) {
      for (const sql of [
        `UPDATE ${table} SET hash = hash`,
        `UPDATE ${table} SET purpose = ''`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        if (sql.includes('hash') !== (table === 'access_chain') && sql.startsWith('UPDATE')) continue;
        await expect(base.db.query(sql)).rejects.toThrow(/permission denied/);
        await expect(base.owner.query(sql)).rejects.toThrow(/append-only/);
      }
    }
  });

  it('is chained in batches, from genesis, and says how far behind the chain is', async () => {
    expect(await verifyJournal(base.db)).toEqual({ intact: true, head: genesis, unsealed: 0 });
    for (let entry = 0; entry < 7; entry += 1) await read();
    expect(await journalLag(base.db)).toEqual({ entries: 7, oldestWallAt: new Date('2026-11-22T10:00:00.123Z') });
    expect(await sealEntries(base.db, 5)).toBe(5);
    expect(await verifyJournal(base.db)).toMatchObject({ intact: true, head: { position: 5 }, unsealed: 2 });
    expect(await sealEntries(base.db, 5)).toBe(2);
    expect(await sealEntries(base.db, 5)).toBe(0);
    const verdict = await verifyJournal(base.db);
    expect(verdict).toEqual({ intact: true, head: await journalHead(base.db), unsealed: 0 });
    expect(await journalLag(base.db)).toEqual({ entries: 0, oldestWallAt: null });
  });

  it('walks a chain longer than one page', async () => {
    await read(Array.from({ length: 2300 }, () => account));
    while ((await sealEntries(base.db)) > 0);
    expect(await verifyJournal(base.db)).toMatchObject({ intact: true, head: { position: 2300 }, unsealed: 0 });
  });

  it('forgets no entry that commits late: ids are taken before commit', async () => {
    const slow = base.db.createQueryRunner();
    await slow.startTransaction();
    await new AccessJournal(slow, clock).record({
      subject,
      purpose: 'Entrée lente',
      operation: 'accounts.view',
      accounts: [account],
      correlation: 'slow',
      outcome: 'shown',
    });
    await read();
    expect(await sealEntries(base.db)).toBe(1);
    await slow.commitTransaction();
    await slow.release();
    expect(await sealEntries(base.db)).toBe(1);
    expect(await verifyJournal(base.db)).toMatchObject({ intact: true, head: { position: 2 }, unsealed: 0 });
  });

  it('chains each entry once when several sealers work at the same time', async () => {
    await read(Array.from({ length: 300 }, () => account));
    await Promise.all(Array.from({ length: 8 }, () => sealEntries(base.db, 50)));
    while ((await sealEntries(base.db, 50)) > 0);
    expect(await verifyJournal(base.db)).toMatchObject({ intact: true, head: { position: 300 }, unsealed: 0 });
  });

  it('is chained in the background by a worker, until it is stopped', async () => {
    const readings = new Map<string, Parameters<ServiceMetrics['gauge']>[1]>();
    const metrics: Pick<ServiceMetrics, 'gauge'> = { gauge: (name, reading) => void readings.set(name, reading) };
    const sealer = journalSealer({ db: base.db, clock, log: createLogger({ level: 'silent' }), metrics, everyMs: 10 });
    await read(Array.from({ length: 1200 }, () => account));
    expect(await readings.get('isu_journal_unsealed')?.()).toBe(1200);
    expect(await readings.get('isu_journal_lag_seconds')?.()).toBeGreaterThanOrEqual(0);
    sealer.start();
    await eventually(async () => (await journalLag(base.db)).entries === 0, { withinMs: 5_000 });
    await sealer.stop();
    await read();
    expect(await verifyJournal(base.db)).toMatchObject({ intact: true, head: { position: 1200 }, unsealed: 1 });
  });

  it('a sealer killed before its commit leaves the work to the next', async () => {
    await read([account, account]);
    const killed = sealEntries({ ...base.db, transaction: crashing(base) } as typeof base.db);
    await expect(killed).rejects.toThrow('killed');
    expect(await journalHead(base.db)).toEqual(genesis);
    expect(await sealEntries(base.db)).toBe(2);
  });

  describe('tells at which entry it was tampered with', () => {
    beforeEach(async () => {
      for (const fund of ['13', '26', '13', '29']) await read([`${fund}00001234517`]);
      await sealEntries(base.db);
    });

    it.each([
      ['a reader was replaced', `UPDATE access_journal SET sub = 'rsi:nobody' WHERE id = 2`, 2, 'not the one that was sealed'],
      ['a purpose was rewritten', `UPDATE access_journal SET purpose = 'Rien' WHERE id = 3`, 3, 'not the one that was sealed'],
      ['a time was moved by a millisecond', `UPDATE access_journal SET wall_at = wall_at + interval '1 ms' WHERE id = 1`, 1, 'not the one'],
      ['an account was taken off', `UPDATE access_journal SET account = NULL WHERE id = 4`, 4, 'not the one that was sealed'],
      [
        'an entry was taken out with its link',
        `DELETE FROM access_chain WHERE entry_id = 2; DELETE FROM access_journal WHERE id = 2`,
        2,
        'missing',
      ],
      ['the first was taken out', `DELETE FROM access_chain WHERE entry_id = 1; DELETE FROM access_journal WHERE id = 1`, 1, 'missing'],
      ['a link was taken out, its entry left', `DELETE FROM access_chain WHERE entry_id = 4`, 3, 'neither sealed nor waiting'],
      ['a link was forged', `UPDATE access_chain SET hash = repeat('a', 64) WHERE position = 3`, 3, 'not the one that was sealed'],
      [
        'two entries changed places',
        `UPDATE access_chain SET position = position + 10; UPDATE access_chain SET position = CASE entry_id WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE position - 10 END`,
        2,
        'not the one that was sealed',
      ],
      ['an entry was slipped in beside the chain', `INSERT INTO access_journal (recorded_at, wall_at, sub, org, role, funds, via, purpose, operation, correlation, outcome)
         VALUES (now(), now(), 's', 'rsi', 'agent', '{}', '{}', 'p', 'o', 'c', 'shown')`, 4, 'neither sealed nor waiting'], // prettier-ignore
    ])('%s', async (_, sql, position, reason) => {
      await tamper(sql);
      expect(await verifyJournal(base.db)).toEqual({ intact: false, position, reason: expect.stringContaining(reason) });
    });

    it('the end was cut off: the heads given out in receipts remember it', async () => {
      const given = await journalHead(base.db);
      await tamper(`DELETE FROM access_chain WHERE entry_id = 4; DELETE FROM access_journal WHERE id = 4`);
      expect(await verifyJournal(base.db)).toMatchObject({ intact: true });
      expect(await verifyJournal(base.db, [given])).toMatchObject({ intact: false, position: 4 });
    });

    it('the whole chain was computed anew: a head given out before is not in it', async () => {
      const given = await journalHead(base.db);
      await tamper(
        `INSERT INTO access_unsealed SELECT id FROM access_journal; DELETE FROM access_chain; UPDATE access_journal SET sub = 'rsi:nobody'`,
      );
      await sealEntries(base.db);
      expect(await verifyJournal(base.db)).toMatchObject({ intact: true });
      expect(await verifyJournal(base.db, [given])).toMatchObject({ intact: false, position: 4 });
    });
  });
});

/** A connection that dies when the queue is about to be emptied. */
function crashing(base: FreshDatabase) {
  return (work: (tx: unknown) => Promise<number>) =>
    base.db.transaction((tx) =>
      work({
        query: (sql: string, values: unknown[]) => {
          if (sql.startsWith('DELETE')) throw new Error('killed');
          return tx.query(sql, values);
        },
      }),
    );
}
