import { BrokerHands } from '@isu/kafka';
import type { BrokerUnderTest } from './kafka-bus-on-trial.js';

/** The broker that was started for the whole run, or given to it. */
export function brokerOfTheRun(): BrokerUnderTest {
  const brokers = String(process.env['KAFKA_BROKERS']).split(',');
  return { brokers, hands: new BrokerHands(brokers), sessionTimeoutMs: Number(process.env['ISU_TEST_KAFKA_SESSION_MS'] ?? 6_000) };
}
