import { BrokerHands } from '@isu/kafka';
import { contractSuite } from './contract-suite/contract-suite.suite.js';
import { kafkaBusOnTrial } from './contract-suite/kafka-bus-on-trial.js';

const brokers = String(process.env['KAFKA_BROKERS']).split(',');
const broker = { brokers, hands: new BrokerHands(brokers), sessionTimeoutMs: Number(process.env['ISU_TEST_KAFKA_SESSION_MS'] ?? 6_000) };

contractSuite('kafka', (_server, around) => kafkaBusOnTrial(broker, around), 25_000);
