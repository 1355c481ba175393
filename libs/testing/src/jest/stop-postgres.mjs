/** Jest's globalTeardown: stops the server that postgres-server.ts started for this run, and removes its files. */
export default async function afterAllSpecs() {
  await globalThis.isuTestPostgres?.stop();
  delete globalThis.isuTestPostgres;
}
