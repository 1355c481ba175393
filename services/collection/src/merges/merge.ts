import { v5 } from 'uuid';
import type { IncomeKind } from '@isu/contracts';
import { Refusal } from '@isu/chassis';
import type { Day } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { checkDeclaration, saysTheSame, type Income } from '../incomes/income.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import type { Incoming } from '../payments/payment.js';
import type { StandingPayment } from '../payments/payment.table.js';
import type { Refund } from '../refunds/refund.js';

/** The word that moves something, and the trace that it belongs to. */
export interface Because {
  readonly cause: string;
  readonly correlation: string;
}

/** Why a word of the account withdrawn was not said again of the one that goes on. */
export type LeftBecause = 'other-declaration' | 'not-declarable';

export interface LeftIncome {
  readonly income: Income;
  readonly because: LeftBecause;
}

export interface SortedIncomes {
  /** Said again of the account that goes on, each with what it corrects there. */
  readonly moved: readonly { readonly income: Income; readonly corrects: Income | undefined }[];
  /** The person or an agent decides. */
  readonly left: readonly LeftIncome[];
}

/** What is known of a year counts by the weight of the word: a declaration before what stands in its place. */
const weights: Readonly<Record<IncomeKind, number>> = { declared: 3, 'ex-officio': 2, estimated: 1, tax: 0 };

/**
 * Which incomes of the account withdrawn count on the one that goes on: those of years of which nothing as weighty was said there. Where
 * both hold a declaration and the amounts differ, the one that goes on keeps its own, and somebody decides (our default).
 */
export function sortIncomes(
  { withdrawn, kept }: { withdrawn: KnownIncomes; kept: KnownIncomes },
  { account, today }: { account: Account; today: Day },
): SortedIncomes {
  const moved: { income: Income; corrects: Income | undefined }[] = [];
  const left: LeftIncome[] = [];
  for (const income of withdrawn.counting) {
    const standing = income.kind === 'tax' ? kept.last('tax', income.year) : kept.wordOn(income.year);
    if (standing && weights[standing.kind] >= weights[income.kind]) {
      const isOther = income.kind === 'declared' && !saysTheSame(standing, income);
      if (isOther) left.push({ income, because: 'other-declaration' });
    } else if (income.kind === 'declared' && !isDeclarable(account, income, today)) left.push({ income, because: 'not-declarable' });
    else moved.push({ income, corrects: kept.correctedBy(income.kind, income.year) });
  }
  return { moved, left };
}

function isDeclarable(account: Account, income: Income, today: Day): boolean {
  try {
    checkDeclaration(account, income, today);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

/**
 * The same money on the account that goes on: received on the same day, from the same partner, under the same reference. Its id follows
 * from where it came from and where it goes, so that it can be moved there once.
 */
export function movedMoney(payment: StandingPayment, into: string, because: Because): Incoming {
  const { paymentId, partner, reference, amount, valueOn, means, reportedFact, refunded, reversedOn } = payment;
  return {
    received: { paymentId: movedId(paymentId, into), account: into, partner, reference, amount, valueOn, means, movedFrom: paymentId },
    // The reference of a notice of the account withdrawn names a due date that nobody asks for any more.
    meantFor: [],
    // What was given back pays no debt; of money that its bank took back afterwards, nothing does.
    setAside: reversedOn === null ? refunded : amount,
    reportedFact,
    ...because,
  };
}

export const movedId = (id: string, into: string): string => v5(into, id);

/** The same transfer, of the same money, as the next one of the account that goes on; the bank account that it went to was the other's. */
export const movedRefund = (refund: Refund, into: string, number: number): Refund => ({
  ...refund,
  ...{ id: movedId(refund.id, into), account: into, number, bankVersion: null },
  parts: refund.parts.map(({ paymentId, amount }) => ({ paymentId: movedId(paymentId, into), amount })),
});
