import { casesOf } from './contract-suite/cases.js';
import { contractSuite } from './contract-suite/contract-suite.suite.js';
import { embeddedBusOnTrial } from './contract-suite/embedded-bus-on-trial.js';

contractSuite('embedded', embeddedBusOnTrial, 10_000, casesOf.delivery);
