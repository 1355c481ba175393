#!/usr/bin/env node
/** `node tools/kafka/src/main.mjs start [--nodes 3] [--version 3.9.1]`: brokers until Ctrl-C. `fetch`: their jars only. */
import { parseArgs } from 'node:util';
import { jarsOf, pinnedVersion } from './broker-jars.mjs';
import { startCluster } from './cluster.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { nodes: { type: 'string', default: '1' }, version: { type: 'string', default: pinnedVersion } },
});

if (positionals[0] === 'fetch') console.log(await jarsOf(values.version));
else if (positionals[0] === 'start') await start();
else {
  console.error('Usage: main.mjs start [--nodes 1|3] [--version 4.2.0] | fetch [--version 4.2.0]');
  process.exit(2);
}

async function start() {
  const startedAt = performance.now();
  const cluster = await startCluster({ nodes: Number(values.nodes), version: values.version });
  console.log(`Kafka ${cluster.version}, ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s; Ctrl-C stops it`);
  console.log(`export KAFKA_BROKERS=${cluster.brokers.join(',')}`);
  const stop = async () => {
    await cluster.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
