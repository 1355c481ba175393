import type { Author } from '@isu/contracts';
import { DistributedSystem, withDatabase, type Instance } from '@isu/distributed';
import { SystemClient } from '@isu/isu';
import { startCluster, type TestCluster } from '@isu/kafka';
import { startPostgres } from '@isu/testing';
import pg from 'pg';
import { withTemporaryFolder } from './embedded-process.js';
import type { MeasuredSystem, Shares } from './measured-system.js';
import { familyMb, residentMb } from './memory.js';
import { familyProcessorMs, processorMs } from './processor.js';

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Every service as processes of its own on one Kafka node and one PostgreSQL, as many of each as are asked for. */
export class KafkaProcesses implements MeasuredSystem {
  constructor(
    private readonly system: DistributedSystem,
    private readonly cluster: TestCluster,
    private readonly postgres: ServedDatabase,
  ) {}

  get client(): SystemClient {
    return new SystemClient(this.system.url);
  }

  get folder(): string {
    return this.system.folder;
  }

  get brokers(): readonly string[] {
    return this.cluster.brokers;
  }

  databaseUrl(name = this.postgres.database): string {
    return withDatabase(this.postgres.url, name);
  }

  get spentMs(): Shares {
    return {
      node: total(this.running.map(({ pid }) => processorMs(pid))),
      postgres: familyProcessorMs(this.postgres.pid),
      broker: total(this.cluster.nodes.map(({ pid }) => processorMs(pid ?? 0))),
    };
  }

  get memoryMb(): Shares {
    return {
      node: total(this.running.map(({ pid }) => residentMb(pid))),
      postgres: familyMb(this.postgres.pid),
      broker: total(this.cluster.nodes.map(({ pid }) => residentMb(pid ?? 0))),
    };
  }

  pidsOf(service: Author): readonly number[] {
    return this.system.of(service).flatMap(({ isRunning, pid }) => (isRunning ? [pid] : []));
  }

  /** Goes on with so many instances of each service; the others are stopped in order, and their lanes taken over. */
  async keep(instances: number): Promise<void> {
    await Promise.all(this.running.filter(({ settings }) => settings.rank > instances).map((instance) => instance.stop()));
  }

  async stopService(service: Author): Promise<void> {
    await Promise.all(this.system.of(service).map((instance) => instance.stop()));
  }

  /** As many as there were at the start; answers at once, as whoever measures a start wants it. */
  startService(service: Author): Promise<void> {
    for (const instance of this.system.of(service)) instance.start();
    return Promise.resolve();
  }

  private get running(): readonly Instance[] {
    return this.system.instances.filter(({ isRunning }) => isRunning);
  }
}

interface ServedDatabase {
  /** The administrator's address of the server. */
  readonly url: string;
  /** Its first process, where it runs on this machine. */
  readonly pid: string;
  readonly database: string;
}

/** A broker, a server that waits for its disk, and so many processes of each service; all gone afterwards whatever happens. */
export async function withKafkaProcesses<T>(instances: number, work: (system: KafkaProcesses) => Promise<T>): Promise<T> {
  return withTemporaryFolder((folder) =>
    withDatabaseOfItsOwn(async (postgres) => {
      const cluster = await startCluster({ forMeasures: true });
      try {
        const system = await DistributedSystem.start({
          postgresUrl: postgres.url,
          databaseOf: () => postgres.database,
          brokers: cluster.brokers,
          folder,
          today: '2016-05-20',
          instances,
          variables: { ISU_LOG_LEVEL: 'warn', ISU_ROLE_PREFIX: postgres.database },
        });
        try {
          return await work(new KafkaProcesses(system, cluster, postgres));
        } finally {
          await system.stop();
        }
      } finally {
        await cluster.stop();
      }
    }),
  );
}

async function withDatabaseOfItsOwn<T>(work: (postgres: ServedDatabase) => Promise<T>): Promise<T> {
  const server = await startPostgres({ durable: true });
  const database = `isu_bench_${String(process.pid)}`;
  try {
    const [row] = await administer<{ pid: string }>(server.url, `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`);
    return await work({ url: server.url, pid: row?.pid ?? '', database });
  } finally {
    await administer(server.url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`).catch(() => undefined);
    await server.stop();
  }
}

async function administer<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
