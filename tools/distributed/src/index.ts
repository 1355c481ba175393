export { DistributedSystem, withDatabase, type DistributedSettings } from './system.js';
export { Instance } from './instance.js';
export { affiliateTraders } from './traders.js';
