import type { ServiceContext } from '@isu/chassis';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import type { Partners } from '../partners/partners.js';
import type { ReceiptSigner } from '../receipts/receipt.js';
import type { UrssafSyncSettings } from '../settings.js';
import { Acknowledgements } from './acknowledgements.js';
import { BatchWriter } from './batch-writer.js';
import { deliveryWorker } from './delivery-worker.js';
import { latenessWatchJob } from './lateness-watch-job.js';
import { outgoingExchangeJob } from './outgoing-exchange-job.js';
import { OutgoingController } from './outgoing.controller.js';
import { OutgoingService } from './outgoing.service.js';

/** The wiring of what we tell partners, and of what they say of it. */
export function tellingPartners(context: ServiceContext<UrssafSyncSettings>, partners: Partners, signer: ReceiptSigner) {
  const { facts, clock, settings } = context;
  const acknowledgements = new Acknowledgements({ context, partners, book: new AnomalyBook({ facts, clock }) });
  const addresses = JSON.parse(settings.partnerAddresses) as Record<string, string>;
  return {
    acknowledgements,
    controllers: [OutgoingController],
    providers: [
      { provide: OutgoingService, useValue: new OutgoingService(context, partners) },
      { provide: Acknowledgements, useValue: acknowledgements },
    ],
    jobs: [outgoingExchangeJob(new BatchWriter({ context, signer }), partners), latenessWatchJob({ context, partners })],
    workers: Object.keys(addresses).length === 0 ? [] : [deliveryWorker({ context, acknowledgements, addresses })],
  };
}
