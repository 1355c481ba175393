/**
 * The two roles of a service, with the rights that chassis gives them in production (`provision.ts`, which cannot be imported here:
 * its own specs import this package). The owner migrates and owns every table; the service role owns nothing, and so can neither
 * alter a table nor give itself a right that was revoked. Roles belong to the whole server: the prefix keeps these, whose password
 * is known, apart from those of a real system that specs start on the same server.
 */
export const rolesOf = (schema: string) => ({ owner: `spec_${schema}_owner`, service: `spec_${schema}` });

/** Run by a superuser, once per database: schema, roles, rights. Repeating it changes nothing. */
export function serviceSchemaSql(schema: string, password: string): string {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) throw new Error(`A schema is named by lower-case letters, digits and underscores.`);
  const { owner, service } = rolesOf(schema);
  return `
    ${createRole(owner, password)}
    ${createRole(service, password)}
    CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${owner};
    GRANT USAGE ON SCHEMA ${schema} TO ${service};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${service};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${service};`;
}

/** Which schema the roles mean by a bare name: a setting of the roles in one database, which a copy of that database has not. */
export function searchPathSql(schema: string, database: string): string {
  return Object.values(rolesOf(schema))
    .map((role) => `ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${schema};`)
    .join('\n');
}

/** Roles belong to the whole server: another database may be creating the same one at this moment. */
const createRole = (role: string, password: string): string => `
    DO $$ BEGIN
      CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '${password.replaceAll("'", "''")}';
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;`;
