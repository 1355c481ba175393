/** Jest's globalTeardown: stops what start-servers.mjs started for this run. */
export default async function afterAllSpecs() {
  const { broker, postgres } = globalThis.isuKafkaRun ?? {};
  await Promise.all([broker?.stop(), postgres?.stop()]);
  delete globalThis.isuKafkaRun;
}
