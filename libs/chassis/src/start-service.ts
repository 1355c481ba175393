import { FactStore, messagingMigrations, RightOfWay, WriteGate, type Migration } from '@isu/messaging';
import { createApplication } from './application.js';
import { creationModule } from './creations/creates.js';
import { Creations } from './creations/creations.js';
import { idempotencyMigration } from './creations/idempotency.migration.js';
import { Exchange } from './exchange.js';
import { fingerprintLagSeconds, fingerprintWorker } from './fingerprints/fingerprint-worker.js';
import { rebuildJob } from './fingerprints/rebuild-job.js';
import { fingerprintMigration } from './fingerprints/fingerprint.migration.js';
import { fingerprintTreeMigration } from './fingerprints/fingerprint-tree.migration.js';
import { KnownFlows } from './flows/known-flows.js';
import { closedDoor } from './http/closed-door.js';
import { readiness } from './health/readiness.js';
import { WatchedBus } from './health/watched-bus.js';
import type { Job } from './jobs/job.js';
import { jobMigration } from './jobs/job.migration.js';
import { jobsOf, jobWorkers } from './jobs/jobs-workers.js';
import type { Jobs } from './jobs/jobs.js';
import { inSteps, openHost, ping, startWorkers, type HostContext } from './hosting.js';
import { RestPeers } from './peers/rest-peers.js';
import { bodyModule } from './requests/body-reader.js';
import { AccessJournal } from './security/journal/access-journal.js';
import { accessWatch } from './security/journal/access-watch.js';
import { journalSealer } from './security/journal/journal-sealer.js';
import { securityMigrations } from './security/migrations.js';
import { holdingFundMigration } from './security/policy/holding-fund.migration.js';
import { holdingFundsOf } from './security/policy/holding-funds.js';
import { unpolicedRoutes } from './security/policy/unpoliced-routes.js';
import { securityModule } from './security/security.module.js';
import { TokenVerifier } from './security/tokens/bearer.js';
import { standardRooms } from './rooms/standard-rooms.js';
import type { BuiltService, Environment, RunningService, ServiceContext, ServiceDefinition } from './service.js';
import { plays } from './settings/parts.js';
import type { ServiceSettings } from './settings/service-settings.js';
import type { Worker } from './workers/worker.js';

/** Starts a service where it is told to: its tables, its consumer and relay, its routes, its workers. */
export function startService<S extends ServiceSettings>(
  definition: ServiceDefinition<S>,
  environment: Environment,
): Promise<RunningService> {
  return inSteps(definition, environment, async (settings, log, steps) => {
    const gate = new WriteGate();
    const migrations = allMigrations(definition);
    const host = await openHost({ hosted: definition, place: environment, migrations, settings, log, steps });
    const context = contextOf(definition, host.context, { gate, way: environment.bus.way });
    const built = definition.build(context);
    const jobs = await jobsOf(context, [...(built.jobs ?? []), ...standardJobs(definition, built)]);
    const bus = new WatchedBus(environment.bus, definition.name, context.clock);
    const exchange = new Exchange({ context, ...built, failpoints: environment.failpoints, bus, gate, connection: host.connection });

    exchange.start();
    steps.started('exchange', () => exchange.stop());
    const application = await createApplication(applicationOf(definition, { context, built, exchange, jobs }));
    steps.started('application', () => application.close());
    await application.start();
    if (plays(settings.role, 'workers'))
      startWorkers(
        [...standardWorkers(definition, context, built), ...(built.workers ?? []), ...jobWorkers(context, jobs)],
        steps,
        environment,
      );

    const ready = () => readiness({ database: () => ping(context), ...exchange.checks });
    const prefix = `/api/${definition.name}`;
    const handle = plays(settings.role, 'http') ? application.handle : closedDoor;
    steps.started('routes', environment.http.mount({ name: definition.name, prefix, handle, ready }));
    log.info({ businessDay: context.clock.today().iso }, 'the service is started');
    return { context, stop: () => steps.undo(log) };
  });
}

const standardJobs = (
  { name, servesAccountView }: Pick<ServiceDefinition, 'name' | 'servesAccountView'>,
  { onRebuild }: BuiltService,
): Job[] => (servesAccountView ? [rebuildJob({ service: name, ...(onRebuild && { onRebuild }) })] : []);

/** What only an author has: its facts, its peers, and the journal of who read whom. */
function contextOf<S extends ServiceSettings>(
  { name }: Pick<ServiceDefinition, 'name'>,
  host: HostContext<S>,
  { gate, way = new RightOfWay() }: { gate: WriteGate; way?: RightOfWay | undefined },
): ServiceContext<S> {
  const { clock, db, tokens, settings } = host;
  const facts = new FactStore(name, clock, { gate });
  return {
    ...host,
    name,
    facts,
    way,
    flows: new KnownFlows(facts),
    creations: new Creations(db, clock, name),
    journal: new AccessJournal(db, clock),
    peers: new RestPeers({ self: name, url: settings.peersUrl, timeoutMs: settings.peersTimeoutMs, tokens }),
  };
}

interface Wired {
  readonly context: ServiceContext;
  readonly built: BuiltService;
  readonly exchange: Exchange;
  readonly jobs: Jobs;
}

/** The body is read before the policy is asked, which may need to know what it is about. */
function applicationOf(
  { name, title, servesAccountView }: Pick<ServiceDefinition, 'name' | 'title' | 'servesAccountView'>,
  { context, built, exchange, jobs }: Wired,
) {
  const { settings, clock, db, journal, log, metrics } = context;
  const verifier = new TokenVerifier({ issuer: settings.issuer }, clock);
  const holding = holdingFundsOf(db, clock);
  return {
    ...{ name, title, log, metrics, production: settings.environment === 'production', knownBy: 'bearer' as const },
    modules: [
      bodyModule(),
      securityModule({ verifier, journal, holding, clock, log, countDenial: (status) => metrics.denied(status) }),
      standardRooms({ context, parking: exchange.parking, servesAccountView, jobs }),
      creationModule(),
      built.module,
    ],
    unguarded: unpolicedRoutes,
    ...(plays(settings.role, 'consumer') && { strategy: exchange.strategy }),
  };
}

/** The tables of the chassis rest on those of messaging; the service's own come last. */
const allMigrations = ({ migrations, servesAccountView }: Pick<ServiceDefinition, 'migrations' | 'servesAccountView'>): Migration[] => [
  ...messagingMigrations,
  ...securityMigrations,
  holdingFundMigration,
  idempotencyMigration,
  ...(servesAccountView ? [fingerprintMigration, fingerprintTreeMigration] : []),
  jobMigration,
  ...migrations,
];

function standardWorkers(
  { servesAccountView }: Pick<ServiceDefinition, 'servesAccountView'>,
  context: ServiceContext,
  { onFolded }: Pick<BuiltService, 'onFolded'>,
): Worker[] {
  const watching = [journalSealer(context), accessWatch(context)];
  if (!servesAccountView) return watching;
  context.metrics.gauge('isu_fingerprint_lag_seconds', () => fingerprintLagSeconds(context.db));
  return [...watching, fingerprintWorker({ ...context, ...(onFolded && { onFolded }) })];
}
