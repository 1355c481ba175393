import type { FactStore } from '@isu/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { createLogger } from '../logs/logger.js';
import { fingerprintWorker } from './fingerprint-worker.js';

const claimed = Array.from({ length: 60 }, (_, index) => ({ stream: `account-${String(index)}` }));

/** A worker with sixty accounts to fold; what `whileReading` does happens when their facts are first asked for. */
async function turn(whileReading: (stop: () => Promise<void>) => void): Promise<{ readings: number[]; ends: string[] }> {
  const readings: number[] = [];
  const ends: string[] = [];
  const tx = { query: async (sql: string) => (sql.includes('claimed') ? claimed : []) } as unknown as EntityManager;
  const db = {
    query: async () => (ends.length === 0 ? [{ age: 100 }] : []),
    transaction: async (work: (manager: EntityManager) => Promise<void>) => {
      try {
        await work(tx);
        ends.push('kept');
      } catch (fault) {
        ends.push('undone');
        throw fault;
      } finally {
        over();
      }
    },
  } as unknown as DataSource;
  const facts = {
    factsOfStreams: async (_: unknown, streams: readonly string[]) => {
      readings.push(streams.length);
      whileReading(() => worker.stop());
      return new Map(streams.map((stream) => [stream, []]));
    },
  } as unknown as FactStore;
  let over: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (over = resolve));
  const clock = { now: () => new Date('2016-05-20T10:00:00Z') } as never;
  const worker = fingerprintWorker({ db, facts, clock, log: createLogger({ level: 'silent' }) });
  worker.start();
  await done;
  await worker.stop();
  return { readings, ends };
}

describe('a turn of folds', () => {
  it('R5 reads the facts of its accounts in pieces: some have thousands', async () => {
    expect(await turn(() => undefined)).toEqual({ readings: [25, 25, 10], ends: ['kept'] });
  });

  it('is undone by a stop, which waits for the account in hand only: its accounts stay marked', async () => {
    expect(await turn((stop) => void stop())).toEqual({ readings: [25], ends: ['undone'] });
  });
});
