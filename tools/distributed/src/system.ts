import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { authors, type Author } from '@isu/contracts';
import { freePort, keptSecret, keptSigningKey } from '@isu/embedded';
import { openIssuer } from '@isu/issuer';
import pg from 'pg';
import { Entrance } from './entrance.js';
import { Instance } from './instance.js';

export interface DistributedSettings {
  /** An administrator's address of the PostgreSQL server; the databases named below are made there. */
  readonly postgresUrl: string;
  /** In which database each service lives: one for all, or one each. */
  readonly databaseOf: (service: Author) => string;
  readonly brokers: readonly string[];
  /** Keys and secrets. */
  readonly folder: string;
  readonly today: string;
  /** Of each service. */
  readonly instances: number;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Beside what is made here: `KAFKA_PREFIX`, `KAFKA_SESSION_MS`, `ISU_LOG_LEVEL` … */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Every service as processes of its own behind one address, as in production but on one machine. */
export class DistributedSystem {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly instances: readonly Instance[],
    private readonly entrance: Entrance,
  ) {}

  /** Starts everything and waits until every instance is ready; what had been started is stopped if it does not come to that. */
  static async start(settings: DistributedSettings): Promise<DistributedSystem> {
    const { folder, port = 0 } = settings;
    mkdirSync(folder, { recursive: true });
    for (const name of new Set(authors.map(settings.databaseOf))) await ensureDatabase(settings.postgresUrl, name);
    const instances: Instance[] = [];
    const entrancePort = port === 0 ? await freePort() : port;
    const url = `http://127.0.0.1:${String(entrancePort)}`;
    const issuer = await openIssuer({
      url: `${url}/oidc`,
      folder: join(folder, 'issuer'),
      environment: 'development',
      services: authors,
      partners: ['urssaf'],
    });
    const entrance = new Entrance({ instances, issuer: issuer.handle });
    await entrance.listen(entrancePort);
    const system = new DistributedSystem(url, folder, instances, entrance);
    const shared = variablesOf(settings, { url, issuer: issuer.url });
    for (const service of authors) {
      const variables = {
        ...shared,
        ISU_DATABASE_URL: withDatabase(settings.postgresUrl, settings.databaseOf(service)),
        ISU_SERVICE_SECRET: issuer.secretOf(service),
      };
      for (let rank = 1; rank <= settings.instances; rank += 1)
        instances.push(
          new Instance({ service, rank, port: await freePort(), variables, logFile: join(folder, `${service}-${String(rank)}.log`) }),
        );
    }
    try {
      for (const instance of instances) instance.start();
      await Promise.all(instances.map((instance) => instance.untilReady()));
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  of(service: Author): readonly Instance[] {
    return this.instances.filter((instance) => instance.service === service);
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.stop()));
    await this.entrance.close();
  }
}

function variablesOf(
  { folder, brokers, today, variables }: DistributedSettings,
  at: { url: string; issuer: string },
): Record<string, string> {
  return {
    ISU_ENV: 'development',
    ISU_TODAY: today,
    ISU_DATABASE_SECRET: keptSecret(join(folder, 'database.secret')),
    ISU_PEERS_URL: at.url,
    ISU_ISSUER: at.issuer,
    ISU_KEY_RING_FILE: join(folder, 'key-ring.json'),
    ISU_RECEIPT_KEY: keptSigningKey(join(folder, 'receipts.pem')).privatePem,
    ISU_PARTNER_KEYS: JSON.stringify({ urssaf: keptSigningKey(join(folder, 'partner-urssaf.pem')).publicPem }),
    KAFKA_BROKERS: brokers.join(','),
    ...variables,
  };
}

export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

async function ensureDatabase(postgresUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(postgresUrl, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`);
  } finally {
    await client.end();
  }
}
