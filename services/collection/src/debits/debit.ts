import { debitReferenceOf, type DebitSequence } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { hasEndedBefore, type Account } from '../accounts/account.js';
import { collectionDay, presentationDay } from './debit-parameters.js';

/** What a debit asks for one due date: what of it is unpaid. */
export interface DebitedPart {
  readonly instalment: string;
  readonly amount: Money;
}

/** The same before it is decided: its due date, and whether it was debited before and came back. */
export interface DuePart extends DebitedPart {
  readonly dueOn: Day;
  readonly isAgain: boolean;
  /** An online payment of it is under way: never twice for one due date. */
  readonly isPayingOnline: boolean;
}

/** Why somebody is debited no more: a wrong account until there is another, no mandate until a new one is signed, a death for ever. */
export const debitStops = ['wrong-account', 'no-mandate', 'deceased'] as const;
export type DebitStop = (typeof debitStops)[number];

/** What collection remembers of whom it debits: the mandate and the bank details that it used last, and what it heard since. */
export interface Debtor {
  readonly account: string;
  readonly rum: string | null;
  readonly bankDetailsVersion: number | null;
  /** Of the bank details last heard of. */
  readonly heardVersion: number | null;
  readonly stop: DebitStop | null;
  /** After a second failure in a year, payments are monthly again from that day on, if asked for. */
  readonly monthlyFrom: Day | null;
}

export const unknownDebtor = (account: string): Debtor => ({
  account,
  ...{ rum: null, bankDetailsVersion: null, heardVersion: null, stop: null, monthlyFrom: null },
});

/** As affiliation gives it, for the moment of a run: in memory only. */
export interface BankDetailsOfDebtor {
  readonly version: number;
  readonly name: string;
  readonly iban: string;
  readonly rum: string | null;
  readonly ics: string | null;
  readonly signedOn: string | null;
}

/** Why something that falls due by debit is not debited. */
export const obstacles = [
  'no-bank-details',
  'no-mandate',
  'mandate-refused',
  'mandate-suspended',
  'deceased',
  'activity-ended',
  'unwritable',
  'paying-online',
] as const;
export type Obstacle = (typeof obstacles)[number];

export interface DecidedDebit {
  readonly kind: 'debit';
  readonly endToEnd: string;
  readonly sequence: DebitSequence;
  readonly isOtherBank: boolean;
  readonly collectOn: Day;
  readonly amount: Money;
  readonly parts: readonly DuePart[];
}

export type DebitDecision =
  | DecidedDebit
  | { readonly kind: 'not-debited'; readonly obstacle: Obstacle; readonly amount: Money }
  | { readonly kind: 'later' | 'nothing' };

/** Of one account, everything that its debit on a due date rests on. */
export interface DebitCase {
  readonly account: Account;
  readonly debtor: Debtor;
  readonly details: BankDetailsOfDebtor | undefined;
  readonly due: readonly DuePart[];
  readonly dueOn: Day;
  readonly today: Day;
}

/**
 * One debit an account and due date, of what falls due and of what is debited again with it: or why there is none, or not yet. Nothing
 * that falls due after the end of the activity is debited.
 */
export function decideDebit({ account, debtor, details, due, dueOn, today }: DebitCase): DebitDecision {
  // What was to be debited again goes with the next debit, if its online payment comes to nothing.
  const unpaid = due.filter(({ amount, isAgain, isPayingOnline }) => amount.isPositive && !(isAgain && isPayingOnline));
  const parts = unpaid.filter((part) => !hasEndedBefore(account, part.dueOn));
  const amount = Money.sum(unpaid.map((part) => part.amount));
  if (unpaid.length === 0) return { kind: 'nothing' };
  const obstacle = parts.length === 0 ? 'activity-ended' : obstacleOf(debtor, details);
  if (obstacle !== null || !details) return { kind: 'not-debited', obstacle: obstacle ?? 'no-bank-details', amount };
  const { sequence, isOtherBank } = sequenceOf(account, { debtor, details, parts });
  if (today.isBefore(presentationDay(sequence, dueOn))) return { kind: 'later' };
  // The whole of it waits: a debit of that day would bear its reference, and there is one an account and due date.
  const paying = parts.filter(({ isPayingOnline }) => isPayingOnline);
  if (paying.length > 0) return { kind: 'not-debited', obstacle: 'paying-online', amount: Money.sum(paying.map((part) => part.amount)) };
  return {
    ...{ kind: 'debit', endToEnd: debitReferenceOf({ account: account.account, dueOn }), sequence, isOtherBank, parts },
    collectOn: collectionDay(sequence, dueOn, today),
    amount: Money.sum(parts.map((part) => part.amount)),
  };
}

function obstacleOf({ stop, rum, bankDetailsVersion }: Debtor, details: BankDetailsOfDebtor | undefined): Obstacle | null {
  if (stop === 'deceased') return 'deceased';
  if (!details) return 'no-bank-details';
  if (details.rum === null || details.signedOn === null || details.ics === null) return 'no-mandate';
  if (stop === 'no-mandate' && details.rum === rum) return 'mandate-refused';
  if (stop === 'wrong-account' && details.rum === rum && details.version === bankDetailsVersion) return 'mandate-suspended';
  return null;
}

/** The first under a mandate, or after another bank (SMNDA); the last of an activity that has ended; what is debited again is recurrent. */
function sequenceOf(
  { endedOn }: Account,
  { debtor, details, parts }: { debtor: Debtor; details: BankDetailsOfDebtor; parts: readonly DuePart[] },
): { sequence: DebitSequence; isOtherBank: boolean } {
  const isNewMandate = debtor.rum !== details.rum;
  const isOtherBank = !isNewMandate && debtor.bankDetailsVersion !== details.version;
  if (isNewMandate || isOtherBank) return { sequence: 'FRST', isOtherBank };
  const isLast = endedOn !== null && !parts.every(({ isAgain }) => isAgain);
  return { sequence: isLast ? 'FNAL' : 'RCUR', isOtherBank };
}
