export { freePort } from './free-port.js';
export { keptSecret, keptSigningKey } from './secrets.js';
export { startEmbedded, type Embedded } from './run.js';
export { EmbeddedSettings, embeddedSettings } from './settings.js';
export { SystemWatch } from './system-watch.js';
export { DemoUrssaf, type SeriesState } from './population/demo-urssaf.js';
export type { DemoPerson } from './population/population.js';
