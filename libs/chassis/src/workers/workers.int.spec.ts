import { eventually, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { asLeader, StandingLeader } from './leader.js';
import { loopingWorker } from './worker.js';

describe('a piece of work that one instance does at a time', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase([]);
  });
  afterAll(() => database.close());

  it('R13 — another instance is told at once that it is being done, and may do it afterwards', async () => {
    let release: (() => void) | undefined;
    const first = asLeader(database.db, 'day-close', () => new Promise<string>((resolve) => (release = () => resolve('first'))));
    await eventually(() => release !== undefined, { withinMs: 5_000 });
    expect(await asLeader(database.db, 'day-close', async () => 'second')).toBeUndefined();
    expect(await asLeader(database.db, 'other-work', async () => 'other')).toBe('other');
    release?.();
    expect(await first).toBe('first');
    expect(await asLeader(database.db, 'day-close', async () => 'third')).toBe('third');
  });

  it('R13 — a lock does not outlive its connection, and whoever lost it is told to stop', async () => {
    let entered = false;
    const losing = asLeader(database.db, 'day-close', (signal) => {
      entered = true;
      return new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped')));
    });
    await eventually(() => entered, { withinMs: 5_000 });
    await eventually(
      async () => {
        await database.db.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'isu-leader' AND usename = current_user`,
        );
        return (await Promise.race([losing, Promise.resolve('still working')])) === 'stopped';
      },
      { withinMs: 5_000 },
    );
    expect(await asLeader(database.db, 'day-close', async () => 'next')).toBe('next');
  });

  it('R13 — who stands still long enough leads no longer, and who gives signs of life goes on leading', async () => {
    const still = new StandingLeader(database.db, 'folders', { patienceMs: 100, everyMs: 1_000_000 });
    const alive = new StandingLeader(database.db, 'other-folders', { patienceMs: 1_000, everyMs: 50 });
    const another = new StandingLeader(database.db, 'folders');
    let lost: AbortSignal | undefined;
    try {
      await still.turn(async (signal) => (lost = signal));
      const led = await alive.turn(async (signal) => signal);
      expect(lost?.aborted).toBe(false);
      await eventually(async () => (await another.turn(async () => 'leads')) === 'leads', { withinMs: 5_000 });
      await eventually(() => lost?.aborted === true, { withinMs: 5_000 });
      expect(await still.turn(async () => 'leads again')).toBeUndefined();
      const begun = performance.now();
      await eventually(() => led?.aborted === true || performance.now() - begun > 1_500, { withinMs: 10_000 });
      expect(led?.aborted).toBe(false);
    } finally {
      await Promise.all([still.end(), alive.end(), another.end()]);
    }
  });

  it('work that fails gives the lock back', async () => {
    await expect(asLeader(database.db, 'day-close', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await asLeader(database.db, 'day-close', async () => 'next')).toBe('next');
  });
});

describe('a worker made of turns', () => {
  it('goes on at once while there is more, rests when there is none, and survives a turn that fails', async () => {
    const turns: string[] = [];
    const answers = [true, true, new Error('a bad turn'), false];
    const worker = loopingWorker({
      name: 'turns',
      everyMs: 1,
      log: silentLogger,
      turn: async () => {
        const answer = answers[turns.length] ?? false;
        turns.push(String(answer));
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    worker.start();
    await eventually(() => turns.length > 5, { withinMs: 5_000 });
    await worker.stop();
    const ended = turns.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(turns.length).toBe(ended);
    expect(turns.slice(0, 4)).toEqual(['true', 'true', 'Error: a bad turn', 'false']);
  });

  it('finishes the turn under way before it is stopped', async () => {
    let finished = false;
    let entered = false;
    const worker = loopingWorker({
      name: 'slow',
      everyMs: 1,
      log: silentLogger,
      turn: async () => {
        entered = true;
        await new Promise((resolve) => setTimeout(resolve, 50));
        finished = true;
        return false;
      },
    });
    worker.start();
    await eventually(() => entered, { withinMs: 2_000 });
    await worker.stop();
    expect(finished).toBe(true);
  });
});
