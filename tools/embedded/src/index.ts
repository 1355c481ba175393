export { startEmbedded, type Embedded } from './run.js';
export { EmbeddedSettings, embeddedSettings } from './settings.js';
export { QuietWatch } from './quiet.js';
export { DemoUrssaf, type SeriesState } from './population/demo-urssaf.js';
export type { DemoPerson } from './population/population.js';
