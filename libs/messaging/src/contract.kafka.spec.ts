import { brokerOfTheRun } from './contract-suite/broker-of-the-run.suite.js';
import { casesOf } from './contract-suite/cases.js';
import { contractSuite } from './contract-suite/contract-suite.suite.js';
import { kafkaBusOnTrial } from './contract-suite/kafka-bus-on-trial.js';

contractSuite('kafka', (_server, around) => kafkaBusOnTrial(brokerOfTheRun(), around), 25_000, casesOf.delivery);
