import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reachBroker } from '@isu/kafka';
import { startPostgres } from '@isu/testing';
import { DistributedSystem } from './system.js';

/**
 * `npm run distributed -- --instances 2`: every service as processes of its own on a real Kafka and PostgreSQL, behind one address, until
 * Ctrl-C. A try-out: the database and the broker, unless they are given (`ISU_TEST_POSTGRES_URL`, `KAFKA_BROKERS`), go with it.
 */
const { values } = parseArgs({ options: { instances: { type: 'string', default: '2' }, port: { type: 'string', default: '8080' } } });
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'isu-distributed-'));
const [broker, postgres] = await Promise.all([reachBroker(), startPostgres()]);

async function leave(code: number): Promise<never> {
  await Promise.all([broker.stop(), postgres.stop()]);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

try {
  const system = await DistributedSystem.start({
    postgresUrl: postgres.url,
    databaseOf: () => 'isu',
    brokers: broker.brokers,
    folder,
    today: process.env.ISU_TODAY ?? '2016-05-20',
    instances: Number(values.instances),
    port: Number(values.port),
    variables: { ISU_LOG_LEVEL: process.env.ISU_LOG_LEVEL ?? 'warn' },
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`ISU réparti est prêt en ${seconds} s : ${system.url} (Kafka ${broker.brokers.join(',')})\n`);
  for (const { name, url, pid } of system.instances) process.stdout.write(`  ${name.padEnd(16)} ${url}  (${String(pid)})\n`);
  process.stdout.write(`  isu --url ${system.url} …   arrêter : Ctrl-C\n`);
  const stop = (): void => void system.stop().then(() => leave(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await leave(1);
}
