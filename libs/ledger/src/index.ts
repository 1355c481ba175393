export { Ledger } from './ledger.js';
export {
  accountNamed,
  accounts,
  house,
  houseKinds,
  isPersonal,
  nameOf,
  personalKinds,
  type AccountKind,
  type LedgerAccount,
} from './chart.js';
export type { Posting, Transaction } from './transaction.js';
export type { Booked } from './post.js';
export type { Reversal } from './reverse.js';
export { balances, balancesByHolder, balancesSinceClose, totalBalances, type AsOf, type Balance } from './balances.js';
export { journal, type JournalEntry } from './journal.js';
export { closedDay, nextToClose, totalsSoFar, type ClosedDay, type FrozenDay } from './days.js';
export { violations, type Violation } from './violations.js';
export { LedgerRefusal, type LedgerRefusalCode } from './refusal.js';
export { ledgerMigrations } from './migrations/all.js';
