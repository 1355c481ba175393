import type { ServiceDefinition } from '@isu/chassis';
import { noFailpoints, type Failpoints } from './failpoints.js';
import { flows } from './migrations/0001-flows.js';
import { money } from './migrations/0002-money.js';
import { bankDoors } from './migrations/0003-bank-doors.js';
import { exchangeJournal } from './migrations/0004-exchange-journal.js';
import { incomesAndBalances } from './migrations/0010-incomes-and-balances.js';
import { anomalies } from './migrations/0020-anomalies.js';
import { reconciliation } from './migrations/0021-reconciliation.js';
import { anomaliesInOrder } from './migrations/0022-anomalies-in-order.js';
import { outgoing } from './migrations/0030-outgoing.js';
import { turnoversAndTaxIncomes } from './migrations/0031-turnovers-and-tax-incomes.js';
import { folderFiles } from './migrations/0032-folder-files.js';
import { recovery } from './migrations/0033-recovery.js';
import { lostBatches } from './migrations/0034-lost-batches.js';
import { incomesForSections } from './migrations/0035-incomes-for-sections.js';
import { mergedAccounts } from './migrations/0036-merged-accounts.js';
import { onlinePayments } from './migrations/0040-online-payments.js';
import { toBeMatched } from './migrations/0041-to-be-matched.js';
import { stagedRuns } from './migrations/0042-staged-runs.js';
import { withdrawnLines } from './migrations/0043-withdrawn-lines.js';
import { wholeReceipts } from './migrations/0044-whole-receipts.js';
import { peopleToCall } from './migrations/0045-people-to-call.js';
import { linesOfABatch } from './migrations/0046-lines-of-a-batch.js';
import { givenUpNumbers } from './migrations/0047-given-up-numbers.js';
import { UrssafSyncSettings } from './settings.js';
import { buildUrssafSync } from './urssaf-sync.module.js';

/** The service with failpoints that do something: for fault rounds. */
export const urssafSyncWith = (failpoints: Failpoints): ServiceDefinition<UrssafSyncSettings> => ({
  name: 'urssaf-sync',
  title: 'Échanges : ce que les Urssaf et les banques ont dit',
  migrations: [
    flows,
    money,
    bankDoors,
    exchangeJournal,
    incomesAndBalances,
    anomalies,
    reconciliation,
    anomaliesInOrder,
    outgoing,
    turnoversAndTaxIncomes,
    folderFiles,
    recovery,
    lostBatches,
    incomesForSections,
    mergedAccounts,
    onlinePayments,
    toBeMatched,
    stagedRuns,
    withdrawnLines,
    wholeReceipts,
    peopleToCall,
    linesOfABatch,
    givenUpNumbers,
  ],
  settings: UrssafSyncSettings,
  servesAccountView: true,
  build: (context) => buildUrssafSync(context, failpoints),
});

/** The only door to Urssaf and the banks. */
export const urssafSync = urssafSyncWith(noFailpoints);

export type { Receipt } from './receipts/receipt.js';
export type { FlowStanding } from './flows/flows.service.js';
