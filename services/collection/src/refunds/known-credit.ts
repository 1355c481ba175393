import { Money, type Day } from '@isu/values';
import { freeCredits } from '../accounting/credits.service.js';
import type { Payment } from '../payments/payment.js';
import { nextStep, type CreditOfAccount, type Refund, type RefundStep } from './refund.js';
import type { RefundFile } from './refund.table.js';

/** The credit of an account with all that decides what becomes of it. */
export interface KnownCredit {
  readonly account: string;
  readonly payments: readonly Payment[];
  readonly credit: CreditOfAccount;
  readonly coming: readonly string[];
  readonly file: RefundFile | undefined;
  /** How many refunds the account has had. */
  readonly refunds: number;
  /** One that two agents have not signed yet. */
  readonly waiting: Refund | undefined;
  readonly step: RefundStep;
}

interface Said {
  readonly payments: readonly Payment[];
  readonly since: Day;
  readonly coming: readonly string[];
  readonly file: RefundFile | undefined;
  readonly refunds: readonly Refund[];
  /** Of the bank details that affiliation holds; null when it holds none. */
  readonly version: number | null;
  /** A bank has said that the person has died: nothing goes to that bank account any more, the joint cell looks for who inherits. */
  readonly isFrozen: boolean;
}

export function creditOf(account: string, { payments, since, coming, file, refunds, version, isFrozen }: Said, today: Day): KnownCredit {
  const free = Money.sum(freeCredits(payments).map((each) => each.free));
  const refused = file?.refusedVersion ?? null;
  const bank = version === null ? 'unknown' : version === refused || isFrozen ? 'refused' : 'known';
  const credit: CreditOfAccount = { free, since, choice: file?.choice ?? null, hasComing: coming.length > 0, bank };
  const waiting = refunds.find(({ state }) => state === 'to-approve');
  return { account, payments, credit, coming, file, refunds: refunds.length, waiting, step: nextStep(credit, today) };
}
