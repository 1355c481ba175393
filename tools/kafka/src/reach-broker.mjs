/** The broker of a test run: the one given, else one in Docker where an engine answers, else one from Maven's jars. */
import { createServer } from 'node:net';
import { canRunBroker, pinnedVersion } from './broker-jars.mjs';
import { startCluster } from './cluster.mjs';

export async function reachBroker({ version = process.env.KAFKA_VERSION ?? pinnedVersion } = {}) {
  const given = process.env.KAFKA_BROKERS;
  if (given) return { brokers: given.split(','), from: 'environment', stop: async () => undefined };
  if (await dockerAnswers()) {
    try {
      return await startContainer(version);
    } catch (fault) {
      // An engine without access to a registry is common in closed networks.
      process.stderr.write(`Kafka in Docker could not start (${fault.message}); using Maven's jars.\n`);
    }
  }
  const { brokers, stop } = await startCluster({ version });
  return { brokers, from: 'maven', stop };
}

/** Why no broker can be had here, or null. */
export async function whyNoBroker() {
  if (process.env.KAFKA_BROKERS || (await dockerAnswers()) || (await canRunBroker())) return null;
  return 'no KAFKA_BROKERS, no Docker engine, and no Java with Maven';
}

async function dockerAnswers() {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

/** A container cannot know the port that it will be reached by, so that port is chosen first. */
async function startContainer(version) {
  const { GenericContainer, Wait } = await import('testcontainers');
  const port = await freePort();
  const container = await new GenericContainer(`apache/kafka:${version}`)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://localhost:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { brokers: [`${container.getHost()}:${port}`], from: 'docker', stop: async () => void (await container.stop()) };
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
