import { outgoingMessageMigration } from '@isu/chassis';
import { ledgerMigrations } from '@isu/ledger';
import type { Migration } from '@isu/messaging';
import { accounts } from './0001-accounts.js';
import { payments } from './0002-payments.js';
import { incomes } from './0003-incomes.js';
import { turnovers } from './0004-turnovers.js';
import { whatAffiliationSaid } from './0005-what-affiliation-said.js';
import { surcharges } from './0010-surcharges.js';
import { mergedAccounts } from './0011-merged-accounts.js';
import { credits } from './0012-credits.js';
import { plainLines } from './0013-plain-lines.js';
import { debits } from './0014-debits.js';
import { refunds } from './0015-refunds.js';
import { onlinePayments } from './0020-online-payments.js';
import { unmatchedMoney } from './0021-unmatched-money.js';
import { accountingCloses } from './0022-accounting-closes.js';
import { linesWithoutNames } from './0023-lines-without-names.js';
import { movedRefunds } from './0024-moved-refunds.js';
import { debitExaminations } from './0025-debit-examinations.js';
import { returnedDueDates } from './0026-returned-due-dates.js';

/** In order: the tables of the ledger and of messages first, as ours are kept beside them in the same transactions. */
export const collectionMigrations: readonly Migration[] = [
  ...ledgerMigrations,
  outgoingMessageMigration,
  accounts,
  payments,
  incomes,
  turnovers,
  whatAffiliationSaid,
  surcharges,
  mergedAccounts,
  credits,
  plainLines,
  debits,
  refunds,
  onlinePayments,
  unmatchedMoney,
  accountingCloses,
  linesWithoutNames,
  movedRefunds,
  debitExaminations,
  returnedDueDates,
];
