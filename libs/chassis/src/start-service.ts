import { FactStore, messagingMigrations, WriteGate, type Migration } from '@isu/messaging';
import type { ClientConfig } from 'pg';
import { createApplication } from './application.js';
import { systemClock } from './clocks/system-clock.js';
import { Creations } from './creations/creations.js';
import { idempotencyMigration } from './creations/idempotency.migration.js';
import { openDatabase } from './database/connect.js';
import { Exchange } from './exchange.js';
import { fingerprintLagSeconds, fingerprintWorker } from './fingerprints/fingerprint-worker.js';
import { fingerprintMigration } from './fingerprints/fingerprint.migration.js';
import { KnownFlows } from './flows/known-flows.js';
import { closedDoor } from './http/closed-door.js';
import { readiness } from './health/readiness.js';
import { WatchedBus } from './health/watched-bus.js';
import { createLogger } from './logs/logger.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import { RestPeers } from './peers/rest-peers.js';
import { AccessJournal } from './security/journal/access-journal.js';
import { journalSealer } from './security/journal/journal-sealer.js';
import { securityMigrations } from './security/migrations.js';
import { FieldProtection } from './security/protection/field-protection.js';
import { ServiceTokens, type ServiceCredential } from './security/tokens/service-tokens.js';
import type { Environment, RunningService, ServiceContext, ServiceDefinition } from './service.js';
import { keyRingOf } from './settings/key-ring.js';
import { plays } from './settings/parts.js';
import { ServiceSettings } from './settings/service-settings.js';
import { readSettings } from './settings/settings.js';
import { Steps } from './steps.js';
import type { Worker } from './workers/worker.js';

/**
 * Starts a service where it is told to: its tables, its consumer and relay, its routes, its workers. What was started before
 * something failed is stopped again, and the failure is told.
 */
export async function startService<S extends ServiceSettings>(
  definition: ServiceDefinition<S>,
  environment: Environment,
): Promise<RunningService> {
  const settings = readSettings(definition.settings ?? (ServiceSettings as new () => S), environment.variables);
  const log = (environment.log ?? createLogger({ level: settings.logLevel })).child({ service: definition.name });
  const steps = new Steps();
  try {
    const gate = new WriteGate();
    const { context, connection } = await openContext(definition, environment, { settings, log, gate, steps });
    const built = definition.build(context);
    const bus = new WatchedBus(environment.bus, definition.name, context.clock);
    const exchange = new Exchange({ context, subscriptions: built.subscriptions, bus, gate, connection });

    exchange.start();
    steps.started('exchange', () => exchange.stop());
    const application = await createApplication({ definition, context, built, exchange });
    steps.started('application', () => application.close());
    await application.start();
    const { role } = context.settings;
    if (plays(role, 'workers')) startWorkers([...standardWorkers(definition, context), ...(built.workers ?? [])], steps);

    const ready = () => readiness({ database: () => ping(context), ...exchange.checks });
    const prefix = `/api/${definition.name}`;
    const handle = plays(role, 'http') ? application.handle : closedDoor;
    steps.started('routes', environment.http.mount({ name: definition.name, prefix, handle, ready }));
    log.info({ businessDay: context.clock.today().iso }, 'the service is started');
    return { context, stop: () => steps.undo(log) };
  } catch (error) {
    await steps.undo(log);
    throw error;
  }
}

interface Opening<S> {
  readonly settings: S;
  readonly log: ServiceContext['log'];
  readonly gate: WriteGate;
  readonly steps: Steps;
}

/** Everything that a service is handed, in the order in which one thing needs another. */
async function openContext<S extends ServiceSettings>(
  definition: ServiceDefinition<S>,
  environment: Environment,
  { settings, log, gate, steps }: Opening<S>,
): Promise<{ context: ServiceContext<S>; connection: ClientConfig }> {
  const { name, entities = [] } = definition;
  const clock = environment.clock ?? systemClock(settings.businessDay);
  const ring = keyRingOf(settings);
  const { db, connection } = await openDatabase({ name, settings, migrations: allMigrations(definition), entities, log });
  steps.started('database', () => db.destroy());
  const metrics = new ServiceMetrics(environment.http.registry, name);
  steps.started('metrics', async () => metrics.close());

  const facts = new FactStore(name, clock, { gate });
  const tokens = new ServiceTokens({ issuer: settings.issuer, name, credential: credentialOf(settings) }, clock);
  const peers = new RestPeers({ self: name, url: settings.peersUrl, timeoutMs: settings.peersTimeoutMs, tokens });
  const context: ServiceContext<S> = {
    name,
    clock,
    db,
    facts,
    flows: new KnownFlows(facts),
    creations: new Creations(db, clock, name),
    journal: new AccessJournal(db, clock),
    protection: new FieldProtection(ring, clock),
    tokens,
    peers,
    metrics,
    log,
    settings,
  };
  return { context, connection };
}

/** The tables of the chassis rest on those of messaging; the service's own come last. */
const allMigrations = ({ migrations, servesAccountView }: Pick<ServiceDefinition, 'migrations' | 'servesAccountView'>): Migration[] => [
  ...messagingMigrations,
  ...securityMigrations,
  idempotencyMigration,
  ...(servesAccountView ? [fingerprintMigration] : []),
  ...migrations,
];

function standardWorkers({ servesAccountView }: Pick<ServiceDefinition, 'servesAccountView'>, context: ServiceContext): Worker[] {
  const sealer = journalSealer(context);
  if (!servesAccountView) return [sealer];
  context.metrics.gauge('isu_fingerprint_lag_seconds', 'Age of the oldest fact that no stored fingerprint counts yet', () =>
    fingerprintLagSeconds(context.db),
  );
  return [sealer, fingerprintWorker(context)];
}

function startWorkers(workers: readonly Worker[], steps: Steps): void {
  for (const worker of workers) {
    worker.start();
    steps.started(worker.name, () => worker.stop());
  }
}

const credentialOf = ({ serviceSecret }: ServiceSettings): ServiceCredential =>
  serviceSecret.startsWith('{') ? { privateKey: JSON.parse(serviceSecret) as { kty: string } } : { secret: serviceSecret };

async function ping({ db }: ServiceContext): Promise<undefined> {
  await db.query('SELECT 1');
}
