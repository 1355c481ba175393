export { BrokerHands } from './broker-hands.mjs';
export { pinnedVersion, previousVersion } from './broker-jars.mjs';
export { startCluster } from './cluster.mjs';
export { plantInClient } from './planted-bugs.mjs';
export { producerPerformance } from './producer-performance.mjs';
export { reachBroker, whyNoBroker } from './reach-broker.mjs';
