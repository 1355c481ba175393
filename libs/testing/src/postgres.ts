import { startServer, type TestPostgres } from './jest/postgres-server.js';

let started: Promise<TestPostgres> | undefined;

/**
 * The PostgreSQL server of this test run. Under Jest it is already there (globalSetup) and `stop` does nothing; elsewhere
 * (a bench, a tool) the first call starts it and whoever called must stop it.
 */
export function startPostgres(options: { durable?: boolean } = {}): Promise<TestPostgres> {
  started ??= startServer(options).then((server) => ({
    ...server,
    // Whoever calls after that has a server of their own.
    stop: () => {
      started = undefined;
      return server.stop();
    },
  }));
  return started;
}
