import { Module } from '@nestjs/common';
import { journalSealer, type BuiltService, type ServiceContext } from '@isu/chassis';
import { AnomaliesController } from './anomalies/anomalies.controller.js';
import { BalanceSnapshots } from './balances/balance-snapshots.js';
import { BankFilesController } from './bank-files/bank-files.controller.js';
import { BankFilesService } from './bank-files/bank-files.service.js';
import { BatchesController } from './batches/batches.controller.js';
import { BatchesService } from './batches/batches.service.js';
import { ReceivedLinesService } from './batches/received-lines.service.js';
import { ExchangeJournalController } from './exchange-journal/exchange-journal.controller.js';
import { sealedExchanges } from './exchange-journal/exchange-journal.js';
import type { Failpoints } from './failpoints.js';
import { exchangingFolders } from './folders/exchanging-folders.js';
import { exposeFlows } from './flows/flow-figures.js';
import { FlowsController } from './flows/flows.controller.js';
import { FlowsService } from './flows/flows.service.js';
import { GiveUpController } from './given-up/give-up.controller.js';
import { GiveUpService } from './given-up/give-up.service.js';
import { DeclaredIncomes } from './incomes/declared-incomes.js';
import { subscriptions } from './inbox.js';
import { payingOnline } from './online-payments/paying-online.js';
import { goOnBehind } from './outgoing/after-restore.js';
import { tellingPartners } from './outgoing/telling-partners.js';
import { Partners } from './partners/partners.js';
import { KnownAccounts } from './payments/known-accounts.js';
import { MoneyPlacer } from './payments/money-placer.js';
import { PartnerReferencesController } from './payments/partner-references.controller.js';
import { MatchingController } from './to-be-matched/matching.controller.js';
import { MatchingService } from './to-be-matched/matching.service.js';
import { WaitingMoneyController } from './to-be-matched/waiting-money.controller.js';
import { placingWorker } from './placing/placing-worker.js';
import { PlacingService } from './placing/placing.service.js';
import { ReceiptSigner } from './receipts/receipt.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { rebuildDerived } from './reconciliation/rebuild.js';
import { reconciling } from './reconciliation/reconciling.js';
import type { UrssafSyncSettings } from './settings.js';

@Module({})
class UrssafSyncModule {}

/** The wiring by hand, read top to bottom. */
export function buildUrssafSync(context: ServiceContext<UrssafSyncSettings>, failpoints: Failpoints): BuiltService {
  const { settings } = context;
  const partners = new Partners(JSON.parse(settings.partnerKeys) as Record<string, string>);
  const placers = {
    money: new MoneyPlacer(context, failpoints),
    incomes: new DeclaredIncomes(context, failpoints),
    balances: new BalanceSnapshots(failpoints),
  };
  const placing = new PlacingService(context, placers, failpoints);
  const batches = new BatchesService({ context, partners, placing, failpoints });
  const flows = new FlowsService(context, partners);
  exposeFlows(context, flows, partners);
  const cell = reconciling(context);
  const signer = new ReceiptSigner(settings.receiptKey);
  const telling = tellingPartners(context, partners, signer);
  const bankFiles = new BankFilesService({ context, placing });
  const online = payingOnline(context, placers.money);
  const folders = exchangingFolders(context, { partners, batches, bankFiles, signer, acknowledgements: telling.acknowledgements });
  return {
    module: {
      module: UrssafSyncModule,
      controllers: [
        BatchesController,
        BankFilesController,
        FlowsController,
        GiveUpController,
        WaitingMoneyController,
        MatchingController,
        PartnerReferencesController,
        AnomaliesController,
        ...cell.controllers,
        ...telling.controllers,
        ...online.controllers,
        ExchangeJournalController,
      ],
      providers: [
        { provide: BatchesService, useValue: batches },
        { provide: ReceivedLinesService, useValue: new ReceivedLinesService(context) },
        { provide: BankFilesService, useValue: bankFiles },
        { provide: ReceiptsService, useValue: new ReceiptsService(context, signer) },
        { provide: FlowsService, useValue: flows },
        { provide: GiveUpService, useValue: new GiveUpService({ context, partners }) },
        { provide: MatchingService, useValue: new MatchingService({ context }) },
        ...cell.providers,
        ...telling.providers,
        ...online.providers,
      ],
    },
    subscriptions: subscriptions(new KnownAccounts(context.facts, context.clock), cell, online.service),
    onFolded: cell.onFolded,
    onRebuild: rebuildDerived,
    onRecovered: goOnBehind,
    jobs: [...cell.jobs, ...telling.jobs],
    workers: [placingWorker(context, placing), journalSealer(context, sealedExchanges), ...telling.workers, ...online.workers, ...folders],
  };
}
