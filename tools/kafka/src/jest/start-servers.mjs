/**
 * One broker and one PostgreSQL server for a whole run of Kafka specs; Jest calls it only when such a spec runs. Jest loads
 * this file without its own module mapping, so @isu/testing is the built one.
 */
import { startPostgres } from '@isu/testing';
import { reachBroker } from '../reach-broker.mjs';

export default async function beforeAllSpecs() {
  const [broker, postgres] = await Promise.all([reachBroker(), startPostgres()]);
  process.env.KAFKA_BROKERS = broker.brokers.join(',');
  process.env.ISU_TEST_POSTGRES_URL = postgres.url;
  // A broker of our own lets a dead member be given up sooner than the 6 s that others insist on.
  if (broker.from !== 'environment') process.env.ISU_TEST_KAFKA_SESSION_MS = '2000';
  globalThis.isuKafkaRun = { broker, postgres };
}
