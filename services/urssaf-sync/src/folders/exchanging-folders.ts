import type { ServiceContext, Worker } from '@isu/chassis';
import type { BankFilesService } from '../bank-files/bank-files.service.js';
import type { BatchesService } from '../batches/batches.service.js';
import type { Acknowledgements } from '../outgoing/acknowledgements.js';
import type { Partners } from '../partners/partners.js';
import type { ReceiptSigner } from '../receipts/receipt.js';
import type { UrssafSyncSettings } from '../settings.js';
import { FolderExchange } from './folder-exchange.js';
import { bankFolder } from './folder-names.js';
import { folderWorker } from './folder-worker.js';
import { PartnerFolder } from './partner-folder.js';

interface Parts {
  readonly partners: Partners;
  readonly batches: BatchesService;
  readonly bankFiles: BankFilesService;
  readonly acknowledgements: Acknowledgements;
  readonly signer: ReceiptSigner;
}

/** The wiring of exchanges by files: nothing where no folder is given. */
export function exchangingFolders(context: ServiceContext<UrssafSyncSettings>, { partners, ...parts }: Parts): Worker[] {
  const { exchangeFolder: root, partnerAddresses } = context.settings;
  if (root === undefined) return [];
  const folders = [...partners.names, bankFolder].map((partner) => new PartnerFolder(root, partner));
  const reachedOtherwise = Object.keys(JSON.parse(partnerAddresses) as object);
  return [folderWorker(context, new FolderExchange({ ...parts, context, folders, reachedOtherwise }))];
}
