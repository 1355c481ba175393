import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { isPassingFault } from '../problems/problem-of.js';

/** Where a service lives in PostgreSQL: its schema, the role that owns the tables, the role that the service connects with. */
export interface DatabaseHome {
  readonly schema: string;
  readonly owner: string;
  readonly role: string;
}

export function homeOf(service: string, rolePrefix = 'isu'): DatabaseHome {
  const schema = service.replaceAll('-', '_');
  return { schema, owner: `${rolePrefix}_${schema}_owner`, role: `${rolePrefix}_${schema}` };
}

/** One secret, a password for each role that tells nothing of the others. */
export const passwordOf = (role: string, secret: string): string => createHmac('sha256', secret).update(role).digest('base64url');

/**
 * Creates the schema and its two roles, or makes sure of them. The owner cannot log in: it is put on (`SET ROLE`) to migrate.
 * The service role owns nothing, so that it can neither alter a table nor give itself back a right that was revoked. It gets
 * the four verbs by default; migrations take away UPDATE and DELETE where rows are for ever.
 */
export async function provision(admin: pg.Client, home: DatabaseHome, password: string): Promise<void> {
  const { schema, owner, role } = home;
  const settled = await canLogIn(admin, role, password);
  await untilUncrossed(() =>
    admin.query(`
    ${createRole(owner, 'NOLOGIN')}
    ${createRole(role, 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS')}
    DO $$ BEGIN
      IF NOT pg_has_role(current_user, '${owner}', 'SET') THEN EXECUTE format('GRANT ${owner} TO %I', current_user); END IF;
    END $$;
    CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${owner};
    GRANT USAGE ON SCHEMA ${schema} TO ${role};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${role};`),
  );
  if (!settled) await setPassword(admin, role, password);
}

/** Roles belong to the whole server: another system may be creating the same one at this moment. */
const createRole = (role: string, rights: string): string => `
    DO $$ BEGIN
      CREATE ROLE ${role} ${rights};
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;`;

/** Only the verifier travels (RFC 5802): a server that logs its statements does not log a password. */
async function setPassword(admin: pg.Client, role: string, password: string): Promise<void> {
  const verifier = scramVerifier(password, randomBytes(16));
  await untilUncrossed(() => admin.query(`ALTER ROLE ${role} PASSWORD '${verifier}'`));
}

/** Sessions of two databases may change one role at once; PostgreSQL then fails one of them with "tuple concurrently updated". */
async function untilUncrossed(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 5 || (error as { code?: string }).code !== 'XX000') throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

export function scramVerifier(password: string, salt: Buffer, iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest();
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${keyOf('Server Key').toString('base64')}`;
}

async function canLogIn(admin: pg.Client, role: string, password: string): Promise<boolean> {
  const { host, port, database } = admin;
  const client = new pg.Client({ host, port, database, user: role, password });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (isPassingFault(error)) throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
