/** Kafka's own measure of a broker, run as its authors run it: the limit beside which ours are read. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { jarsOf, pinnedVersion, toolsOf } from './broker-jars.mjs';

const run = promisify(execFile);

export async function producerPerformance({ brokers, topic, records, bytes, perSecond = -1 }) {
  const classPath = [await jarsOf(pinnedVersion), await toolsOf(pinnedVersion)].map((folder) => `${folder}/*`).join(':');
  const load = ['--topic', topic, '--num-records', records, '--record-size', bytes, '--throughput', perSecond];
  const { stdout } = await run(
    'java',
    [
      ...['-Xmx256m', '-XX:+UseSerialGC', '-cp', classPath, 'org.apache.kafka.tools.ProducerPerformance'],
      ...[...load, '--producer-props', `bootstrap.servers=${brokers.join(',')}`, 'acks=all'].map(String),
    ],
    { timeout: 120_000 },
  );
  return figuresIn(stdout);
}

/** Its last line sums up: `5000 records sent, 998.4 records/sec (0.67 MB/sec), 2.1 ms avg latency, …, 1 ms 50th, 5 ms 95th, 9 ms 99th, …`. */
export function figuresIn(text) {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  const [, perSecond, p50Ms, p99Ms] = /([\d.]+) records\/sec .* (\d+) ms 50th, \d+ ms 95th, (\d+) ms 99th/.exec(line) ?? [];
  if (p99Ms === undefined) throw new Error(`Kafka's producer says what is not understood here: ${line}`);
  return { perSecond: Number(perSecond), p50Ms: Number(p50Ms), p99Ms: Number(p99Ms) };
}
