import { systemClock } from '@isu/chassis';
import { KafkaBus } from '@isu/messaging';
import { oneTraceSuite } from './one-trace.spec-kit.js';

const brokers = String(process.env['KAFKA_BROKERS']).split(',');
const sessionTimeoutMs = Number(process.env['ISU_TEST_KAFKA_SESSION_MS'] ?? 6_000);

oneTraceSuite('kafka', (_, log) => {
  const prefix = `trace${String(process.pid)}.`;
  const pace = { sessionTimeoutMs, heartbeatMs: 300, longestPollMs: 100, lookEveryMs: 500 };
  return KafkaBus.open({ brokers, clientId: 'isu-one-trace', clock: systemClock(), log, prefix, pace });
});
