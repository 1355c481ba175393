import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedVersion, previousVersion, startCluster, type TestCluster } from '@isu/kafka';
import type { Bus } from '@isu/messaging';
import { eventually } from '@isu/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { openKafkaBus } from './open-kafka-bus.js';

const limitMs = 300_000;
const topic = { topic: 'guarded', partitions: 12 };

/** The broker as production has it, asked for by the variables of the deployment. */
describe.each([pinnedVersion, previousVersion])('Kafka %s behind TLS and SCRAM-SHA-512', (version) => {
  let cluster: TestCluster;
  const words: string[] = [];
  const buses: Bus[] = [];

  const log = pino({ level: 'trace' }, { write: (line: string) => void words.push(line) });

  function variables(): Record<string, string> {
    const [node] = cluster.nodes;
    if (!node?.guarded) throw new Error('The node has no guarded door.');
    return {
      KAFKA_BROKERS: `127.0.0.1:${String(node.guardedPort)}`,
      KAFKA_TLS: 'on',
      KAFKA_CA_FILE: node.guarded.caFile,
      KAFKA_USERNAME: node.guarded.login.username,
      KAFKA_PASSWORD: node.guarded.login.password,
      KAFKA_PREFIX: 'essai.',
    };
  }

  async function open(changed: Record<string, string | undefined> = {}): Promise<Bus> {
    const given = Object.entries({ ...variables(), ...changed }).filter(([, value]) => value !== undefined);
    const bus = await openKafkaBus({
      service: 'collection',
      variables: Object.fromEntries(given) as Record<string, string>,
      log,
      metrics: new ServiceMetrics(new Registry(), 'collection'),
    });
    buses.push(bus);
    return bus;
  }

  beforeAll(async () => void (cluster = await startCluster({ version, guarded: true })), limitMs);
  afterAll(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    await cluster?.stop();
  });

  it('carries facts from one service to another', async () => {
    const [author, reader] = [await open(), await open()];
    await author.ensureTopics([topic]);
    await reader.ensureTopics([topic]);
    const heard: string[] = [];
    await reader.subscribe({ consumer: 'benefits', topics: [topic.topic] }, async (facts) => {
      heard.push(...facts.map(({ bytes }) => Buffer.from(bytes).toString()));
      return { done: facts.length };
    });
    await author.publish(['one', 'two'].map((fact) => ({ topic: topic.topic, key: 'account', bytes: Buffer.from(fact) })));
    await eventually(() => heard.length === 2, { withinMs: 60_000 });
    expect(heard).toEqual(['one', 'two']);
  });

  it('says at the start that an account or a password is not known there, and never prints the password', async () => {
    await expect(open({ KAFKA_PASSWORD: 'another-password' })).rejects.toThrow(/SCRAM|authentication/i);
    await expect(open({ KAFKA_USERNAME: 'stranger' })).rejects.toThrow(/SCRAM|authentication/i);
    expect(words.join('\n')).not.toContain('another-password');
    expect(words.join('\n')).not.toContain(variables()['KAFKA_PASSWORD']);
  });

  it('gives no account to whoever names none', async () => {
    const nobody = await open({ KAFKA_USERNAME: undefined, KAFKA_PASSWORD: undefined });
    await expect(nobody.ensureTopics([topic])).rejects.toThrow();
    await expect(nobody.publish([{ topic: topic.topic, key: 'account', bytes: Buffer.from('theirs') }])).rejects.toThrow();
  });

  it('trusts no broker that another authority vouches for, and falls back on nothing', async () => {
    const stranger = await startCluster({ version, guarded: true });
    try {
      const caFile = String(stranger.nodes[0]?.guarded?.caFile);
      await expect(open({ KAFKA_CA_FILE: caFile })).rejects.toThrow(/certificate/i);
      await expect(open({ KAFKA_CA_FILE: undefined })).rejects.toThrow(/certificate/i);
    } finally {
      await stranger.stop();
    }
  });

  it('refuses to start on a file that is no certificate', async () => {
    const folder = String(cluster.nodes[0]?.guarded?.caFile).replace(/[^/]+$/, '');
    const notOne = join(folder, 'not-one.pem');
    writeFileSync(notOne, 'not a certificate');
    await expect(open({ KAFKA_CA_FILE: notOne })).rejects.toThrow('KAFKA_CA_FILE');
  });
});
