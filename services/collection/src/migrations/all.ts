import { ledgerMigrations } from '@isu/ledger';
import type { Migration } from '@isu/messaging';
import { accounts } from './0001-accounts.js';
import { payments } from './0002-payments.js';

/** In order: the ledger's tables first, as ours are kept beside them in the same transactions. */
export const collectionMigrations: readonly Migration[] = [...ledgerMigrations, accounts, payments];
