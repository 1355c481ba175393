import { Jobs, type Job } from '@isu/chassis';
import { eventually, silentLogger, type FakeClock } from '@isu/testing';
import { Day } from '@isu/values';
import type { DataSource } from 'typeorm';

interface Trial {
  readonly db: DataSource;
  readonly clock: FakeClock;
  readonly job: Job;
}

/** Runs a job whose process dies at the start of one of its steps, then again as the next process would: it ends. */
export async function runKilledAt(step: number, { db, clock, job }: Trial): Promise<void> {
  let steps = 0;
  const mortal: Job = {
    ...job,
    run: (turn) => job.run({ ...turn, step: (work) => ((steps += 1) === step ? Promise.reject(new Error('killed')) : turn.step(work)) }),
  };
  const jobsOf = (one: Job) => new Jobs({ db, clock, log: silentLogger, jobs: [one] });
  const dead = jobsOf(mortal);
  await dead.makeKnown();
  await db.transaction((tx) => dead.ask(tx, job.name, Day.of('2016-05-19'), 'operator:1'));
  expect(await dead.runNext(job.name)).toBe(false);
  await db.query('UPDATE job_run SET next_try_at = NULL');
  expect(await eventually(() => jobsOf(job).runNext(job.name))).toBe(true);
}
