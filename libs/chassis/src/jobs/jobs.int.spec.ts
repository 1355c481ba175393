import { eventually, FakeClock, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { Day } from '@isu/values';
import { refuse } from '../problems/standard-refusals.js';
import { daily, monthlyOn, onDemand } from './calendar.js';
import type { Job, JobTurn } from './job.js';
import { jobMigration } from './job.migration.js';
import { findRuns } from './job-run.table.js';
import { Jobs } from './jobs.js';

const written: { name: string; sql: string } = {
  name: 'written',
  sql: 'CREATE TABLE written (on_date date NOT NULL, step int NOT NULL, by_whom text NOT NULL, PRIMARY KEY (on_date, step))',
};

let database: FreshDatabase;
const clock = new FakeClock('2016-05-20');
beforeAll(async () => {
  database = await freshDatabase([jobMigration, written]);
});
afterAll(() => database.close());
beforeEach(async () => {
  clock.setDay('2016-05-20');
  await database.db.query('DELETE FROM job_run; DELETE FROM job; DELETE FROM written');
});

const steps = 4;
/** Writes four rows for its date, each in a step of its own; `before` stands between the steps. */
const writing = (byWhom: string, before: (step: number, turn: JobTurn) => Promise<void> = () => Promise.resolve()): Job => ({
  name: 'write',
  title: 'Écritures',
  calendar: daily,
  onceOver: true,
  run: async (turn) => {
    for (let step = Number(turn.checkpoint?.['step'] ?? 1); step <= steps; step += 1) {
      await before(step, turn);
      await turn.step(async (tx) => {
        await tx.query('INSERT INTO written VALUES ($1, $2, $3)', [turn.date.iso, step, byWhom]);
        return { checkpoint: { step: step + 1 }, done: step, total: steps };
      });
    }
    return { lignes: steps };
  },
});

async function instance(job: Job, pace: { leaseMs?: number; renewEveryMs?: number } = {}): Promise<Jobs> {
  const jobs = new Jobs({ db: database.db, clock, log: silentLogger, jobs: [job], ...pace });
  await jobs.makeKnown();
  return jobs;
}
const whoWrote = async () =>
  (await database.db.query(`SELECT string_agg(by_whom || step, ' ' ORDER BY on_date, step) AS told FROM written`))[0].told as string | null;
const runsOf = (job: string) => findRuns(database.db.manager, { job, limit: 20 });
/** A process that sleeps: it neither works nor renews its lease. */
const asleep = 3_600_000;
/** Its lease runs out meanwhile. */
const leaseRunsOut = () => database.db.query('UPDATE job SET lease_until = clock_timestamp()');

describe('a job owed for dates', () => {
  it('begins the day after it is first known, catches up missed days one by one in order, and keeps what it did', async () => {
    const jobs = await instance(writing('a'));
    expect(await jobs.runNext('write')).toBe(false);
    clock.setDay('2016-05-24');
    expect((await jobs.list())[0]).toMatchObject({ nextOn: '2016-05-21', daysBehind: 3, last: null });
    for (let more = true; more;) more = await jobs.runNext('write');
    expect(
      (await runsOf('write')).map(({ date, state, origin, done, total, figures }) => ({ date, state, origin, done, total, figures })),
    ).toEqual(
      ['2016-05-23', '2016-05-22', '2016-05-21'].map((date) => ({
        ...{ date, state: 'done', origin: 'calendar', done: 4, total: 4, figures: { lignes: 4 } },
      })),
    );
    expect((await jobs.list())[0]).toMatchObject({ nextOn: '2016-05-24', daysBehind: 0, last: { date: '2016-05-23', state: 'done' } });
  });

  it('whose work takes in that of earlier dates does those that were missed with the last one, and owes none of them any more', async () => {
    const jobs = await instance({ ...writing('a'), takesInEarlier: true });
    clock.setDay('2016-05-24');
    for (let more = true; more;) more = await jobs.runNext('write');
    expect((await runsOf('write')).map(({ date, state }) => [date, state])).toEqual([['2016-05-23', 'done']]);
    expect((await jobs.list())[0]).toMatchObject({ nextOn: '2016-05-24', daysBehind: 0 });
    clock.setDay('2016-05-27');
    await database.db.transaction((tx) => jobs.ask(tx, 'write', Day.of('2016-05-26'), 'somebody'));
    for (let more = true; more;) more = await jobs.runNext('write');
    expect((await runsOf('write')).map(({ date, origin }) => [date, origin])).toEqual([
      ['2016-05-26', 'by-hand'],
      ['2016-05-23', 'calendar'],
    ]);
  });

  it('is done once by instances that all look at once', async () => {
    clock.setDay('2016-05-20');
    const instances = await Promise.all(['a', 'b', 'c', 'd'].map((name) => instance(writing(name))));
    clock.setDay('2016-05-23');
    for (let more = true; more;) more = (await Promise.all(instances.map((jobs) => jobs.runNext('write')))).some(Boolean);
    expect((await runsOf('write')).map(({ date, attempts }) => [date, attempts])).toEqual([
      ['2016-05-22', 1],
      ['2016-05-21', 1],
    ]);
  });

  it('I10 killed at any step, it is gone on with from there by another instance, each step once', async () => {
    for (let dying = 1; dying <= steps; dying += 1) {
      await database.db.query('DELETE FROM job_run; DELETE FROM job; DELETE FROM written');
      clock.setDay('2016-05-20');
      let arrived: (() => void) | undefined;
      const there = new Promise<void>((resolve) => (arrived = resolve));
      const dead = await instance(
        writing('a', (step) => (step === dying ? (arrived?.(), new Promise(() => undefined)) : Promise.resolve())),
        {
          renewEveryMs: asleep,
        },
      );
      const next = await instance(writing('b'));
      clock.setDay('2016-05-22');
      void dead.runNext('write');
      await there;
      expect(await next.runNext('write')).toBe(false);
      await leaseRunsOut();
      expect(await next.runNext('write')).toBe(true);
      expect(await whoWrote()).toBe([1, 2, 3, 4].map((step) => `${step < dying ? 'a' : 'b'}${String(step)}`).join(' '));
      expect(await runsOf('write')).toMatchObject([{ state: 'done', attempts: 2, done: 4 }]);
    }
  });

  it('R13 — a process that wakes up after its lease writes nothing, neither under the next holder nor when nobody came', async () => {
    const wake: (() => void)[] = [];
    const sleeping = (step: number) => (step === 3 ? new Promise<void>((resolve) => void wake.push(resolve)) : Promise.resolve());
    const frozen = await instance(writing('a', sleeping), { renewEveryMs: asleep });
    clock.setDay('2016-05-22');

    const first = frozen.runNext('write');
    await eventually(() => wake.length === 1);
    await leaseRunsOut();
    wake.pop()?.();
    expect([await first, await whoWrote()]).toEqual([false, 'a1 a2']);

    const second = frozen.runNext('write');
    await eventually(() => wake.length === 1);
    const other = await instance(writing('b'));
    await leaseRunsOut();
    expect(await other.runNext('write')).toBe(true);
    wake.pop()?.();
    expect([await second, await whoWrote()]).toEqual([false, 'a1 a2 b3 b4']);
    expect(await runsOf('write')).toMatchObject([{ state: 'done', attempts: 3 }]);
  });

  it('R13 — a holder whose step is under way keeps the run, however long the step', async () => {
    let finish: (() => void) | undefined;
    const slow: Job = {
      ...writing('a'),
      run: async (turn) => {
        await turn.step(async (tx) => {
          await tx.query(`INSERT INTO written VALUES ($1, 1, 'a')`, [turn.date.iso]);
          await new Promise<void>((resolve) => (finish = resolve));
          return { checkpoint: null };
        });
        return {};
      },
    };
    const holder = await instance(slow, { leaseMs: 1_000, renewEveryMs: asleep });
    const other = await instance(writing('b'));
    clock.setDay('2016-05-22');
    const running = holder.runNext('write');
    await eventually(async () => finish !== undefined && (await runsOf('write'))[0]?.state === 'waiting');
    expect(await other.runNext('write')).toBe(false);
    finish?.();
    expect([await running, await whoWrote()]).toEqual([true, 'a1']);
  });

  it('lets nobody else in while it renews its lease, though its work takes many', async () => {
    let finish: (() => void) | undefined;
    const long = await instance(
      writing('a', (step) => (step === 2 ? new Promise<void>((resolve) => (finish = resolve)) : Promise.resolve())),
      {
        renewEveryMs: 20,
      },
    );
    const other = await instance(writing('b'));
    clock.setDay('2016-05-22');
    const running = long.runNext('write');
    await eventually(() => finish !== undefined);
    const [{ until }] = await database.db.query('SELECT lease_until AS until FROM job');
    await eventually(async () => (await database.db.query('SELECT 1 FROM job WHERE lease_until > $1', [until])).length === 1);
    expect(await other.runNext('write')).toBe(false);
    finish?.();
    expect([await running, await whoWrote()]).toEqual([true, 'a1 a2 a3 a4']);
  });

  it('that fails is tried again by itself, later dates waiting behind; its fault is not told', async () => {
    let failures = 0;
    const failing = await instance(
      writing('a', (step) => (step === 2 && (failures += 1) === 1 ? Promise.reject(new TypeError('185057800608491')) : Promise.resolve())),
    );
    clock.setDay('2016-05-23');
    expect(await failing.runNext('write')).toBe(false);
    const [retrying] = await runsOf('write');
    expect(retrying).toMatchObject({ date: '2016-05-21', state: 'retrying', attempts: 1, done: 1 });
    expect(retrying?.error).toBe('Un défaut de notre côté (TypeError) : voir le journal technique de ce traitement.');
    expect(await failing.runNext('write')).toBe(false);
    await database.db.query('UPDATE job_run SET next_try_at = clock_timestamp()');
    expect(await failing.runNext('write')).toBe(true);
    expect(await runsOf('write')).toMatchObject([{ date: '2016-05-21', state: 'done', attempts: 2 }]);
  });

  it('that is refused a date keeps the refusal, and goes on to the next date', async () => {
    const refused = await instance(
      writing('a', (_, { date }) => (date.iso === '2016-05-21' ? Promise.reject(refuse('bad-request')) : Promise.resolve())),
    );
    clock.setDay('2016-05-23');
    for (let more = true; more;) more = await refused.runNext('write');
    expect((await runsOf('write')).map(({ date, state, error }) => [date, state, error])).toEqual([
      ['2016-05-22', 'done', null],
      ['2016-05-21', 'refused', 'La demande n’a pas la forme attendue.'],
    ]);
  });

  it('stops between two steps with the service, and is gone on with after the next start', async () => {
    const stopping = new AbortController();
    const jobs = await instance(writing('a', (step) => Promise.resolve(step === 3 ? stopping.abort() : undefined)));
    clock.setDay('2016-05-22');
    expect(await jobs.runNext('write', stopping.signal)).toBe(false);
    expect([await whoWrote(), (await runsOf('write'))[0]?.state]).toEqual(['a1 a2', 'waiting']);
    expect(await (await instance(writing('b'))).runNext('write')).toBe(true);
    expect(await whoWrote()).toBe('a1 a2 b3 b4');
  });
});

describe('a job asked for by hand', () => {
  const ask = (jobs: Jobs, date: string) => database.db.transaction((tx) => jobs.ask(tx, 'write', Day.of(date), 'operator:1'));

  it('is done for any date, once when it is asked twice while it waits; what was done by hand is not owed any more', async () => {
    const jobs = await instance(writing('a'));
    const first = await ask(jobs, '2016-05-21');
    expect(await ask(jobs, '2016-05-21')).toBe(first);
    clock.setDay('2016-05-23');
    for (let more = true; more;) more = await jobs.runNext('write');
    expect((await runsOf('write')).map(({ date, origin, askedBy }) => [date, origin, askedBy])).toEqual([
      ['2016-05-22', 'calendar', null],
      ['2016-05-21', 'by-hand', 'operator:1'],
    ]);
  });

  it('does not wait behind a date that fails', async () => {
    const jobs = await instance(
      writing('a', (_, { date }) => (date.iso === '2016-05-21' ? Promise.reject(new Error('no')) : Promise.resolve())),
    );
    clock.setDay('2016-05-22');
    await jobs.runNext('write');
    await ask(jobs, '2016-01-04');
    expect(await jobs.runNext('write')).toBe(true);
    expect((await runsOf('write')).map(({ date, state }) => [date, state])).toEqual([
      ['2016-01-04', 'done'],
      ['2016-05-21', 'retrying'],
    ]);
  });

  it('is the only way for one without a calendar', async () => {
    const jobs = await instance({ ...writing('a'), calendar: onDemand });
    clock.setDay('2017-05-22');
    expect([await jobs.runNext('write'), (await jobs.list())[0]]).toMatchObject([false, { nextOn: null, daysBehind: 0 }]);
    await ask(jobs, '2016-05-21');
    expect(await jobs.runNext('write')).toBe(true);
  });

  it('of that very day is done when it has come, not when it is over', async () => {
    const jobs = await instance({ ...writing('a'), calendar: monthlyOn(5), onceOver: false });
    clock.setDay('2016-06-05');
    expect(await jobs.runNext('write')).toBe(true);
    expect(await runsOf('write')).toMatchObject([{ date: '2016-06-05', state: 'done' }]);
  });
});

it('two jobs of one name are refused', () => {
  expect(() => new Jobs({ db: database.db, clock, log: silentLogger, jobs: [writing('a'), writing('b')] })).toThrow('one name');
});
