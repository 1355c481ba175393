/** One or three real Kafka nodes on this machine, for tests: from Maven's jars, on free ports, gone with the process. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerHands } from './broker-hands.mjs';
import { jarsOf, pinnedVersion } from './broker-jars.mjs';
import { BrokerNode } from './broker-node.mjs';

const prefix = 'isu-test-kafka-';

/** Formats and starts the nodes together (they need each other for a quorum); resolves when every one is a broker of the cluster. */
export async function startCluster({ nodes: count = 1, version = pinnedVersion, forMeasures = false, guarded = false } = {}) {
  await sweepAbandonedNodes();
  const cluster = { id: clusterId(), version, forMeasures, jars: await jarsOf(version), nodes: [] };
  cluster.folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const ports = await freePorts(3 * count);
  for (let id = 1; id <= count; id += 1) {
    const [port, controllerPort, guardedPort] = ports.splice(0, 3);
    cluster.nodes.push(new BrokerNode({ id, port, controllerPort, guardedPort: guarded ? guardedPort : null, cluster }));
  }
  const { nodes } = cluster;
  const brokers = nodes.map(({ address }) => address);
  const hands = new BrokerHands(brokers);
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await rm(cluster.folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.format()));
    await Promise.all(nodes.map((node) => node.start()));
    await hands.seesBrokers(count);
  } catch (fault) {
    await Promise.all(nodes.map((node) => node.kill()));
    await rm(cluster.folder, { recursive: true, force: true });
    throw fault;
  }
  return { brokers, nodes, version, hands, stop };
}

/** 16 random bytes in base64url; a leading dash would be read as an option. */
function clusterId() {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

/** All held open at once, so that no two are the same. */
async function freePorts(count) {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const probe = createServer();
          probe.once('error', reject);
          probe.listen(0, '127.0.0.1', () => resolve(probe));
        }),
    ),
  );
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** A run that was killed leaves its nodes behind; the next one ends them, once sure that they are those very processes. */
async function sweepAbandonedNodes() {
  const abandoned = (await readdir(tmpdir())).filter(
    (name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length).split('-')[0])),
  );
  for (const name of abandoned) {
    const folder = join(tmpdir(), name);
    for (const pid of (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry))) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (command.startsWith('java') && command.includes(folder)) process.kill(Number(pid), 'SIGKILL');
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => undefined);
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}
