import type { ServiceContext } from '../service.js';
import { loopingWorker, type Worker } from '../workers/worker.js';
import type { Job } from './job.js';
import { Jobs } from './jobs.js';

type Surroundings = Pick<ServiceContext, 'db' | 'clock' | 'log' | 'metrics'>;

export async function jobsOf({ db, clock, log, metrics }: Surroundings, jobs: readonly Job[]): Promise<Jobs> {
  const known = new Jobs({ db, clock, log, jobs, onEnd: (job, outcome, seconds) => metrics.jobEnded(job, outcome, seconds) });
  await known.makeKnown();
  metrics.gauge('isu_job_days_behind', async () =>
    (await known.list()).map(({ name, daysBehind }) => ({ labels: { job: name }, value: daysBehind })),
  );
  return known;
}

/** One loop for each job: a long one keeps no other waiting. */
export const jobWorkers = ({ log }: Pick<Surroundings, 'log'>, jobs: Jobs, everyMs = 1_000): Worker[] =>
  jobs.names.map((name) => loopingWorker({ name: `job-${name}`, everyMs, log, turn: (signal) => jobs.runNext(name, signal) }));
