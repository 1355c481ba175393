export { DataFolder, FolderInUse } from './folder.js';
export type { Receipt } from './imports/receipt.js';
export { deliverBatch, paymentsBatch, sendBatch, signatureOf, urssaf, type BatchToSend } from './partner-batch.js';
export { SaidNo, SystemClient, SystemUnreachable, type Answer, type Asker } from './system-client.js';
