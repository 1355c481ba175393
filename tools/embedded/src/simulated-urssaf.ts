import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@isu/chassis';
import type { DataFolder } from '@isu/isu';
import pg from 'pg';
import { keptSecret } from './secrets.js';

const program = fileURLToPath(new URL('../../urssaf/dist/main.js', import.meta.url));

interface UrssafWanted {
  readonly folder: DataFolder;
  /** The administrator's address of the server. */
  readonly databaseUrl: string;
  readonly systemUrl: string;
  readonly port: number;
  /** Its own key, and the public half of ours. */
  readonly privateKey: string;
  readonly receiptKey: string;
  /** Of net-entreprises, which it plays too. */
  readonly netEntreprisesKey: string;
  readonly calendar: 'kept' | 'by-hand';
  readonly log: Logger;
}

export interface UrssafBeside {
  readonly url: string;
  stop(): Promise<void>;
}

/** Its program, being loaded: nobody hears of it until it is opened. */
export interface UrssafToCome {
  open(): Promise<UrssafBeside>;
  stop(): Promise<void>;
}

/** The simulated Urssaf, a process of its own with a database of its own, beside the system. */
export async function loadUrssafBeside({ folder, databaseUrl, ...wanted }: UrssafWanted): Promise<UrssafToCome> {
  const secret = keptSecret(folder.within('urssaf-database.secret'));
  const env = {
    PATH: process.env['PATH'],
    ISU_ENV: 'development',
    ISU_PORT: String(wanted.port),
    ISU_URSSAF_DATABASE_URL: await ownDatabase(databaseUrl, secret),
    ISU_SYSTEM_URL: wanted.systemUrl,
    ISU_URSSAF_KEY: wanted.privateKey,
    ISU_RECEIPT_PUBLIC_KEY: wanted.receiptKey,
    ISU_NET_ENTREPRISES_KEY: wanted.netEntreprisesKey,
    ISU_URSSAF_CALENDAR: wanted.calendar,
  };
  // The channel closes with this process, however it ends: the other one then goes too.
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-old-space-size=128', program], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = wordsOf(child, wanted.log);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const open = async () => {
    child.send('open');
    return { url: await said.address, stop };
  };
  return { open, stop };
}

/** What it says of itself in its terminal: where it is, and what it complains about. */
function wordsOf(child: ChildProcess, log: Logger): { readonly address: Promise<string> } {
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const found = /^Urssaf simulée : (\S+)$/m.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      log.warn({ error: new Error(part.toString().trim()) }, 'the simulated Urssaf complains');
    });
    child.once('exit', () => reject(new Error(`L’Urssaf simulée n’a pas démarré :\n${said}`)));
  });
  // Nobody may be waiting for it when it is stopped.
  address.catch(() => undefined);
  return { address };
}

/** A role that owns this database and has no right in ours, as the partner's computers know nothing of us but our port. */
async function ownDatabase(administratorUrl: string, secret: string): Promise<string> {
  const administration = new URL(administratorUrl);
  administration.pathname = '/postgres';
  const client = new pg.Client({ connectionString: administration.toString() });
  await client.connect();
  try {
    const { rowCount: roles } = await client.query(`SELECT FROM pg_roles WHERE rolname = 'urssaf_simulee'`);
    if (roles === 0) await client.query(`CREATE ROLE urssaf_simulee LOGIN PASSWORD ${client.escapeLiteral(secret)}`);
    const { rowCount: databases } = await client.query(`SELECT FROM pg_database WHERE datname = 'urssaf_simulee'`);
    if (databases === 0) await client.query('CREATE DATABASE urssaf_simulee OWNER urssaf_simulee TEMPLATE template0');
  } finally {
    await client.end();
  }
  const own = new URL(administratorUrl);
  own.username = 'urssaf_simulee';
  own.password = secret;
  own.pathname = '/urssaf_simulee';
  return own.toString();
}
