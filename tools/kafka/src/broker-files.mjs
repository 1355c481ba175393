/** What a broker reads when it starts. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logsWithLog4j2 } from './broker-jars.mjs';
import { guardedProperties } from './guarded-door.mjs';

const log4j2 = `
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d] %p %m (%c)%n
rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
logger.server.name=kafka.server.KafkaRaftServer
logger.server.level=info
logger.clients.name=org.apache.kafka.clients
logger.clients.level=error
`;
const log4j1 = `
log4j.rootLogger=WARN, console
log4j.logger.kafka.server.KafkaRaftServer=INFO
log4j.logger.org.apache.kafka.clients=ERROR
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=[%d] %p %m (%c)%n
`;

/**
 * As small as a broker gets, and as quick to see that another one is gone. Everything on 127.0.0.1. No comment behind a
 * value: it would become part of it.
 */
export function serverProperties({ node, nodes, folder }) {
  const replicas = nodes.length;
  const doors = [`PLAINTEXT://127.0.0.1:${node.port}`, ...(node.guarded ? [`GUARDED://127.0.0.1:${node.guardedPort}`] : [])];
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(','),
    listeners: [...doors, `CONTROLLER://127.0.0.1:${node.controllerPort}`].join(','),
    'advertised.listeners': doors.join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL',
    ...(node.guarded && guardedProperties(node.guarded)),
    'log.dirs': join(folder, 'log'),
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': replicas > 1 ? 2 : 1,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    // The broker's own floor is 6 s; a test that waits for a dead member to be given up does not.
    'group.min.session.timeout.ms': 1_000,
    // The cleaner would otherwise take 128 MiB of the heap at start.
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    'num.network.threads': 2,
    'num.io.threads': 2,
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

export async function writeBrokerFiles({ node, nodes, folder, version }) {
  await writeFile(join(folder, 'server.properties'), serverProperties({ node, nodes, folder }));
  await writeFile(join(folder, 'logging.properties'), logsWithLog4j2(version) ? log4j2 : log4j1);
}

export const loggingFlag = (folder, version) =>
  logsWithLog4j2(version)
    ? `-Dlog4j2.configurationFile=${join(folder, 'logging.properties')}`
    : `-Dlog4j.configuration=file:${join(folder, 'logging.properties')}`;
