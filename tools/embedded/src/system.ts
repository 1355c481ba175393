import { createPublicKey, type KeyObject } from 'node:crypto';
import { affiliation } from '@isu/affiliation';
import { benefits } from '@isu/benefits';
import {
  createLogger,
  HttpHost,
  MovableClock,
  prepareSchema,
  readSettings,
  ServiceMetrics,
  ServiceSettings,
  startService,
  startTracing,
  terminalDestination,
} from '@isu/chassis';
import type { Logger } from '@isu/chassis';
import { collection } from '@isu/collection';
import { openIssuer, type DevelopmentIssuer, type PeopleSource } from '@isu/issuer';
import { busMigrations, EmbeddedBus } from '@isu/messaging';
import type { PortalSurroundings } from '@isu/portal';
import { urssafSync } from '@isu/urssaf-sync';
import { Day } from '@isu/values';
import pg from 'pg';
import { DataFolder } from '@isu/isu';
import { startDatabaseOf } from './database-of-folder.js';
import { openFront, originsOn, type EmbeddedFront } from './front.js';
import { openPaymentProvider } from './payment-provider/server.js';
import { keysOf, partnersWhere } from './keys.js';
import { keptSigningKey } from './secrets.js';
import { ServiceSwitch } from './service-switch.js';
import { commitsWaitForTheDisk } from './system-watch.js';
import type { EmbeddedSettings } from './settings.js';

const definitions = [affiliation, collection, benefits, urssafSync];
export const serviceNames = definitions.map(({ name }) => name);
export const serviceTitles = definitions.map(({ name, title }) => ({ name, title }));

/** The whole system in one process, on one port and one folder. */
export interface EmbeddedSystem {
  readonly url: string;
  /** Of the simulated payment provider. */
  readonly providerUrl: string;
  readonly folder: DataFolder;
  readonly issuer: DevelopmentIssuer;
  readonly clock: MovableClock;
  readonly http: HttpHost;
  readonly log: Logger;
  /** The administrator's address of the database: for the watchers of this process, never for a service. */
  readonly databaseUrl: string;
  /** Signs batches as the demonstration's Urssaf does. */
  readonly partnerKey: ReturnType<typeof keptSigningKey>;
  /** The same of its net-entreprises, PEM. */
  readonly netEntreprisesKey: string;
  /** The public key of our receipts, PEM. */
  readonly receiptKey: string;
  /** Stops one of them and starts it again, for the demonstration. */
  readonly services: Pick<ServiceSwitch, 'stop' | 'handler'>;
  /** The portal, its pages and the mails it has sent. */
  readonly front: EmbeddedFront;
  stop(): Promise<void>;
}

type Undo = () => Promise<void> | void;

interface SystemOptions {
  /** Shown on the development login page. */
  readonly people: PeopleSource;
  /** Shown where one may sign in as somebody of the demonstration. */
  readonly household: NonNullable<PortalSurroundings['people']>;
  /** Throws the database away first: what it holds was never shown to anybody as whole. */
  readonly afresh: boolean;
  /** What else must be mounted before the process is ready. */
  readonly also: readonly string[];
  /** A history that is still being told: what services do beside requests begins when it is whole. */
  readonly historyIsWhole: Promise<unknown>;
}

/** Starts everything, or stops again what was started. */
export async function startSystem(settings: EmbeddedSettings, options: SystemOptions): Promise<EmbeddedSystem> {
  const undo: Undo[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(settings, options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  settings: EmbeddedSettings,
  { people, household, afresh, also, historyIsWhole }: SystemOptions,
  undo: Undo[],
): Promise<Omit<EmbeddedSystem, 'stop'>> {
  const folder = DataFolder.take(settings.folder);
  undo.push(() => folder.release());
  const log = createLogger({ level: settings.logLevel, destination: terminalDestination({ everything: settings.logLevel === 'debug' }) });

  const postgres = await startDatabaseOf(folder);
  undo.push(() => postgres.stop());
  await ensureDatabase(postgres.url, afresh);

  const http = new HttpHost({ expects: [...serviceNames, 'émetteur', 'portal', ...also] });
  const { port } = await http.listen(settings.port, settings.host);
  undo.push(() => http.close());
  const tracing = await tracingOf(settings, { http, log });
  undo.push(() => tracing.stop());
  const url = `http://127.0.0.1:${String(port)}`;
  folder.announce(url);

  const clock = new MovableClock();
  clock.moveTo(Day.of(settings.today));

  const assertionKey = keptSigningKey(folder.within('portal-assertions.pem'));
  const partners = partnersWhere(settings.demo);
  const [keys, origins] = [keysOf(folder, partners), originsOn(port)];
  const issuer = await issuerAt(url, { folder, people, partners, origins, portalKey: createPublicKey(assertionKey.privateKey) });
  undo.push(http.mount({ name: 'émetteur', prefix: '/oidc', handle: issuer.handle, ready: async () => ({ ready: true, checks: {} }) }));

  const provider = await openPaymentProvider({ folder, systemUrl: url, port: settings.simulatedProviderPort, origins, clock, log });
  undo.push(() => provider.stop());
  const shared = {
    ...keys.variables,
    ...provider.variables,
    ISU_ENV: 'development',
    ISU_DATABASE_URL: postgres.url,
    ISU_LOG_LEVEL: settings.logLevel,
    ISU_PEERS_URL: url,
    ISU_ISSUER: issuer.url,
  };

  const bus = await openBus({ variables: shared, clock, log });
  undo.push(() => bus.close());
  const place = { bus, http, clock, log, workersWaitFor: historyIsWhole };
  const services = new ServiceSwitch(
    definitions,
    (definition) => startService(definition, { ...place, variables: { ...shared, ISU_SERVICE_SECRET: issuer.secretOf(definition.name) } }),
    log,
  );
  undo.push(() => services.stopAll());
  await services.startAll();
  const ofPortal = {
    ISU_SERVICE_SECRET: issuer.secretOf('portal'),
    ISU_ASSERTION_KEY: assertionKey.privatePem,
    ISU_PORTAL_ORIGINS: origins.join(','),
  };
  const front = await openFront({ ...place, variables: { ...shared, ...ofPortal }, people: household });
  undo.push(() => front.stop());
  return { url, providerUrl: provider.url, folder, issuer, clock, http, log, databaseUrl: postgres.url, ...keys.shown, services, front };
}

interface IssuerWanted {
  readonly folder: DataFolder;
  readonly people: PeopleSource;
  readonly partners: readonly string[];
  readonly origins: readonly string[];
  readonly portalKey: KeyObject;
}

const issuerAt = (url: string, { folder, people, partners, origins, portalKey }: IssuerWanted): Promise<DevelopmentIssuer> =>
  openIssuer({
    url: `${url}/oidc`,
    folder: folder.within('issuer'),
    environment: 'development',
    services: serviceNames,
    partners,
    people,
    portalRedirects: origins.map((origin) => `${origin}/api/portal/v1/agents/callback`),
    portalKey,
  });

function tracingOf(settings: EmbeddedSettings, { http, log }: Pick<EmbeddedSystem, 'http' | 'log'>) {
  const metrics = new ServiceMetrics(http.registry, 'process');
  return startTracing({ settings, log, count: (outcome, spans) => metrics.spans(outcome, spans) });
}

/** The bus has a schema and a role of its own, like a service. */
async function openBus({
  variables,
  clock,
  log,
}: {
  variables: Record<string, string>;
  clock: MovableClock;
  log: Logger;
}): Promise<EmbeddedBus> {
  const settings = readSettings(ServiceSettings, variables);
  const connection = await prepareSchema({ name: 'bus', settings, migrations: busMigrations, log });
  return EmbeddedBus.open({ connection, clock, log });
}

async function ensureDatabase(url: string, afresh: boolean): Promise<void> {
  const administration = new URL(url);
  administration.pathname = '/postgres';
  const client = new pg.Client({ connectionString: administration.toString() });
  await client.connect();
  try {
    await commitsWaitForTheDisk(client);
    if (afresh) await client.query('DROP DATABASE IF EXISTS isu WITH (FORCE)');
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'isu'`);
    if (rowCount === 0) await client.query('CREATE DATABASE isu TEMPLATE template0');
  } finally {
    await client.end();
  }
}
