import type { Migration } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { ClientConfig } from 'pg';
import type { DataSource, EntitySchema } from 'typeorm';
import { systemClock } from './clocks/system-clock.js';
import { openDatabase } from './database/connect.js';
import { exposePool } from './database/pool-figures.js';
import type { HttpHost } from './http/http-host.js';
import { createLogger, type Logger } from './logs/logger.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import { FieldProtection } from './security/protection/field-protection.js';
import { ServiceTokens, type ServiceCredential } from './security/tokens/service-tokens.js';
import { keyRingOf } from './settings/key-ring.js';
import { ServiceSettings } from './settings/service-settings.js';
import { readSettings } from './settings/settings.js';
import { Steps } from './steps.js';
import type { Worker } from './workers/worker.js';

/** Where a service runs: in a process of its own, or beside others in the embedded mode. The service cannot tell. */
export interface Place {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The port on which the service's routes are mounted, under `/api/<service>`. */
  readonly http: HttpHost;
  /** Default: the system's, moved to `ISU_TODAY` when that is set. */
  readonly clock?: BusinessClock;
  readonly log?: Logger;
  /** What goes on beside requests begins once this is over; at once when nothing is said. */
  readonly workersWaitFor?: Promise<unknown>;
}

/** What is hosted, author of facts or not: a name, tables and settings of its own. */
export interface Hosted<S extends ServiceSettings = ServiceSettings> {
  readonly name: string;
  readonly entities?: readonly EntitySchema[];
  /** The settings class, when there are settings beyond those that every service has. */
  readonly settings?: new () => S;
}

/** What the chassis hands to everything it hosts. */
export interface HostContext<S extends ServiceSettings = ServiceSettings> {
  readonly name: string;
  readonly clock: BusinessClock;
  /** Connected as the service's own role, which owns nothing; `search_path` is its schema. */
  readonly db: DataSource;
  readonly metrics: ServiceMetrics;
  readonly log: Logger;
  readonly protection: FieldProtection;
  readonly tokens: ServiceTokens;
  readonly settings: S;
}

export interface OpenedHost<S extends ServiceSettings> {
  readonly context: HostContext<S>;
  /** For connections held apart from the pool. */
  readonly connection: ClientConfig;
}

/**
 * Reads the settings, then starts in steps; when one of them fails, what was started before it is stopped again, and the failure
 * is told.
 */
export async function inSteps<S extends ServiceSettings, R>(
  { name, settings: type }: Hosted<S>,
  { variables, log: parent }: Place,
  start: (settings: S, log: Logger, steps: Steps) => Promise<R>,
): Promise<R> {
  const settings = readSettings(type ?? (ServiceSettings as new () => S), variables);
  const log = (parent ?? createLogger({ level: settings.logLevel })).child({ service: name });
  const steps = new Steps();
  try {
    return await start(settings, log, steps);
  } catch (error) {
    await steps.undo(log);
    throw error;
  }
}

interface Opening<S extends ServiceSettings> {
  readonly hosted: Hosted<S>;
  readonly place: Place;
  readonly migrations: readonly Migration[];
  readonly settings: S;
  readonly log: Logger;
  readonly steps: Steps;
}

/** Database, figures, keys and tokens: what is the same for an author and for one who writes no fact. */
export async function openHost<S extends ServiceSettings>(opening: Opening<S>): Promise<OpenedHost<S>> {
  const { hosted, place, migrations, settings, log, steps } = opening;
  const { name, entities = [] } = hosted;
  const clock = place.clock ?? systemClock(settings.businessDay);
  const ring = keyRingOf(settings);
  const { db, connection } = await openDatabase({ name, settings, migrations, entities, log });
  steps.started('database', () => db.destroy());
  const metrics = new ServiceMetrics(place.http.registry, name);
  steps.started('metrics', async () => metrics.close());
  exposePool(db, metrics);
  const tokens = new ServiceTokens({ issuer: settings.issuer, name, credential: credentialOf(settings) }, clock);
  return { context: { name, clock, db, metrics, log, protection: new FieldProtection(ring, clock), tokens, settings }, connection };
}

/** They are stopped beside each other: each finishes its turn, and none waits for the turn of another. */
export function startWorkers(workers: readonly Worker[], steps: Steps, { workersWaitFor }: Pick<Place, 'workersWaitFor'>): void {
  const stops = workers.map((worker) => {
    const stop = startWorker(worker, workersWaitFor);
    steps.started(worker.name, stop);
    return stop;
  });
  // Undone before them all; what one of them meets is told by its own step.
  steps.started('workers', async () => {
    for (const stop of stops) void stop().catch(() => undefined);
  });
}

/** Answers how to stop it, once, whoever asks. */
function startWorker(worker: Worker, waitFor: Promise<unknown> | undefined): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const start = (): void => {
    if (!stopped) worker.start();
  };
  if (waitFor === undefined) start();
  else void waitFor.then(start);
  return () => (stopped ??= worker.stop());
}

export async function ping({ db }: HostContext): Promise<undefined> {
  await db.query('SELECT 1');
}

const credentialOf = ({ serviceSecret }: ServiceSettings): ServiceCredential =>
  serviceSecret.startsWith('{') ? { privateKey: JSON.parse(serviceSecret) as { kty: string } } : { secret: serviceSecret };
