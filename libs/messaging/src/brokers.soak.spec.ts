import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { pinnedVersion, previousVersion, startCluster, type TestCluster } from '@isu/kafka';
import * as cases from './contract-suite/broker-cases.suite.js';
import { contractSuite } from './contract-suite/contract-suite.suite.js';
import { kafkaBusOnTrial } from './contract-suite/kafka-bus-on-trial.js';

const limitMs = 300_000;

describe.each([pinnedVersion, previousVersion])('Kafka %s', (version) => {
  describe('on one broker', () => {
    let cluster: TestCluster;
    beforeAll(async () => void (cluster = await startCluster({ version })), limitMs);
    afterAll(() => cluster?.stop());

    contractSuite(`kafka ${version}`, (_server, around) => kafkaBusOnTrial({ ...cluster, sessionTimeoutMs: 2_000 }, around), 25_000);

    it.each([
      cases.strangersOnTheTopic,
      cases.anotherPartitionCount,
      cases.topicUsedAtOnce,
      cases.onlyBrokerFrozen,
      cases.clockSetBack,
      cases.logWiped,
    ])('$title', ({ run }) => run(cluster), limitMs);
  });

  describe('on three brokers', () => {
    let cluster: TestCluster;
    beforeAll(async () => void (cluster = await startCluster({ version, nodes: 3 })), limitMs);
    afterAll(() => cluster?.stop());

    it.each([cases.leaderKilled, cases.twoOfThreeKilled, cases.leaderFrozen])('$title', ({ run }) => run(cluster), limitMs);
  });
});
