export { DataFolder, FolderInUse } from './folder.js';
export { paymentsBatch, sendBatch, urssaf, type BatchToSend, type Receipt } from './partner-batch.js';
export { SaidNo, SystemClient, SystemUnreachable, type Answer, type Asker } from './system-client.js';
