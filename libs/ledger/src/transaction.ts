import assert from 'node:assert';
import { hash } from 'node:crypto';
import type { Day, Money } from '@isu/values';
import { house, isPersonal, nameOf, type LedgerAccount } from './chart.js';

/** Moves a positive amount from one account to another: an entry that does not balance cannot be written down. */
export interface Posting {
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly amount: Money;
}

export interface Transaction {
  /** The book it stands in: an account number, or `house`. */
  readonly holder: string;
  /** Named by the act, `payment/<id>`; unique in the whole ledger, so that one act has one effect. */
  readonly key: string;
  /** The act in a word: `assessment`, `payment`, `remission`. */
  readonly reason: string;
  /** The day it takes effect, past, present or to come; for a payment the value date. */
  readonly effectiveOn: Day;
  readonly postings: readonly Posting[];
}

/** A transaction that undoes an earlier one of the same book, named by its entry number. */
export interface CorrectingTransaction extends Transaction {
  readonly corrects?: number;
}

/**
 * The words that are hashed, one posting a line in alphabetical order. Migration 0002 rebuilds the same words from the rows, so
 * that a row changed behind the ledger's back is seen: change neither alone.
 */
export function contentOf({ holder, key, reason, effectiveOn, postings, corrects }: CorrectingTransaction): string {
  const lines = postings.map(({ from, to, amount }) => `${nameOf(from)} > ${nameOf(to)} ${inCents(amount)}`);
  return [holder, key, reason, effectiveOn.iso, corrects ?? '', ...lines.sort()].join('\n');
}

export const hashOf = (transaction: CorrectingTransaction): string => hash('sha256', contentOf(transaction));

const inCents = (amount: Money): string => {
  const digits = String(amount.cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** What a caller must never hand in: these are our own faults, not refusals. The table's checks say the same. */
export function assertWellFormed({ holder, key, reason, postings }: Transaction): void {
  assert(holder === house || /^\d{13}$/.test(holder), 'A transaction stands in the book of an account number or of the house.');
  assert(/^[\x21-\x7e]{1,200}$/.test(key), 'An idempotency key is 1 to 200 printable characters without blanks.');
  assert(/^[a-z][a-z-]*$/.test(reason), 'A reason is one lower-case word.');
  assert(postings.length > 0, 'A transaction moves money.');
  for (const { from, to, amount } of postings) {
    assert(amount.isPositive, 'A posting moves a positive amount: to go back, exchange its accounts.');
    assert(nameOf(from) !== nameOf(to), 'A posting moves money from one account to another one.');
    for (const account of [from, to]) {
      assert(account.code === null || /^[a-z0-9-]+$/.test(account.code), 'The code of a contribution is lower-case words with hyphens.');
      assert(holder !== house || !isPersonal(account), `The house has no ${account.kind} account.`);
    }
  }
}
