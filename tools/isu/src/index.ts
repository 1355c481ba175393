export { DataFolder, FolderInUse } from './folder.js';
export type { Receipt } from './imports/receipt.js';
export { deliverBatch, paymentsBatch, sendBatch, signatureOf, urssaf, type BatchToSend } from './partner-batch.js';
export { movesFor, type CalledInstalment, type PaymentMove } from './population/conduct.js';
export { FormalitiesCentre } from './population/moving-in.js';
export { PartnerSeries } from './partner-series.js';
export { SaidNo, SystemClient, SystemUnreachable, type Answer, type Asker } from './system-client.js';
