import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@isu/testing';
import { logins } from '../migrations/0002-logins.js';
import { WaitingTable } from './waiting-table.js';

let fresh: FreshDatabase;
beforeAll(async () => void (fresh = await freshDatabase([logins], { schema: 'portal' })));
afterAll(() => fresh?.close());

const id = '01890000-0000-4000-8000-000000000001';
const aYearMs = 365 * 86_400_000;

/** Seconds until it is given out again, by the database's clock. */
async function restOf(): Promise<number> {
  const [row] = await fresh.db.query('SELECT extract(epoch FROM next_at - clock_timestamp())::float AS s FROM mail WHERE id = $1', [id]);
  return row.s as number;
}

describe('F2 I10 — what waits to be sent', () => {
  it('is kept for a minute, or as long as it is put off, by a process whose clock is a year ahead; then anybody takes it', async () => {
    await fresh.db.query(`INSERT INTO mail (id, sealed, made_at, next_at) VALUES ($1, '\\x00', now(), clock_timestamp())`, [id]);
    const waiting = new WaitingTable({ db: fresh.db }, 'mail');
    const { now } = Date;
    Object.assign(Date, { now: () => now() + aYearMs });
    try {
      const taken = await waiting.take();
      expect(taken).toMatchObject({ id, attempts: 1 });
      expect(await restOf()).toBeLessThanOrEqual(60);
      await waiting.putOff(taken!, 600_000);
      const rest = await restOf();
      expect([rest > 60, rest <= 600]).toEqual([true, true]);
    } finally {
      Object.assign(Date, { now });
    }
    expect(await waiting.take()).toBeUndefined();
    await fresh.db.query(`UPDATE mail SET next_at = next_at - interval '10 minutes' WHERE id = $1`, [id]);
    expect(await waiting.take()).toMatchObject({ id, attempts: 2 });
  });
});
