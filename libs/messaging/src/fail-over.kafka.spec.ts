import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { startCluster, type TestCluster } from '@isu/kafka';
import { leaderKilled, topicUsedAtOnce } from './contract-suite/broker-cases.suite.js';

describe('Three brokers, of which one dies', () => {
  let cluster: TestCluster;
  beforeAll(async () => void (cluster = await startCluster({ nodes: 3 })), 180_000);
  afterAll(() => cluster?.stop());

  it.each([leaderKilled, topicUsedAtOnce])('$title', ({ run }) => run(cluster), 180_000);
});
