import type { ReturnOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { DebitStop } from '../debits/debit.js';
import { mostPresentedAgain, presentedAgainOn } from '../debits/debit-parameters.js';
import type { ReturnAction, ReturnReason } from './return-reason.js';

/** A due date that a returned debit had asked for, with how often it came back before, by what was done then. */
export interface ReturnedPart {
  readonly instalment: string;
  readonly amount: Money;
  /** Returned for want of funds. */
  readonly failures: number;
  /** Presented again after a fault between banks. */
  readonly presentedAgain: number;
}

/** A debit that came back, and what the decision rests on. */
export interface ReturnCase {
  readonly reason: ReturnReason;
  readonly parts: readonly ReturnedPart[];
  /** The due date of the debit. */
  readonly dueOn: Day;
  /** Another due date of the account waits to be carried. */
  readonly isCarrying: boolean;
  /** The next due date of the person's calendar, when it is debited; null when nothing more is. */
  readonly nextDueOn: Day | null;
  readonly today: Day;
}

export interface ReturnDecision {
  readonly outcome: ReturnOutcome;
  /** With which due date, or on which day, the same is debited again; null when it is not. */
  readonly againOn: Day | null;
  readonly stop: DebitStop | null;
}

const is = (outcome: ReturnOutcome, { againOn = null, stop = null }: Partial<ReturnDecision> = {}): ReturnDecision => ({
  outcome,
  againOn,
  stop,
});

/** What is done about a debit that comes back (domain 3.4, 3.5): by its reason, and by what came back before. */
export function decideReturn({ reason, ...its }: ReturnCase): ReturnDecision {
  const isExhausted = its.parts.some(({ presentedAgain }) => presentedAgain >= mostPresentedAgain);
  // An unknown reason may be anything, and a fault that comes again and again is something else: people look first.
  const isForPeople = reason.action === 're-present' && (!reason.isKnown || isExhausted);
  return isForPeople ? is('to-examine') : whatFollows(reason.action, its);
}

/** What an action leads to: the reason of the bank asks for it, or an agent who has looked. */
export function whatFollows(
  action: ReturnAction,
  { parts, dueOn, isCarrying, nextDueOn, today }: Omit<ReturnCase, 'reason'>,
): ReturnDecision {
  switch (action) {
    case 'carry':
      return carried({ parts, isCarrying, nextDueOn });
    case 'suspend-mandate':
      return is('mandate-suspended', { stop: 'wrong-account' });
    case 'revoke-mandate':
      return is('mandate-revoked', { stop: 'no-mandate' });
    case 'reopen':
      return is('reopened');
    case 'freeze-account':
      return is('account-frozen', { stop: 'deceased' });
    case 'leave-unpaid':
      return is('left-unpaid');
    case 're-present':
      return is('presented-again', { againOn: presentedAgainOn(dueOn, today) });
  }
}

/** A first failure is carried to the next due date, one at a time; the second makes all of it payable at once. */
function carried({ parts, isCarrying, nextDueOn }: Pick<ReturnCase, 'parts' | 'isCarrying' | 'nextDueOn'>): ReturnDecision {
  const isFirst = !isCarrying && parts.every(({ failures }) => failures === 0);
  if (!isFirst) return is('due-at-once');
  return nextDueOn === null ? is('left-unpaid') : is('carried', { againOn: nextDueOn });
}
