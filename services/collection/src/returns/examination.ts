import { examinedOutcomes, type ExaminedOutcome, type ReturnOutcome } from '@isu/contracts';
import type { Day } from '@isu/values';
import { refuse } from '../refusals.js';
import { whatFollows, type ReturnCase, type ReturnDecision } from './return-decision.js';
import { returnActions, type ReturnAction } from './return-reason.js';

/** What an agent may find: the actions that reasons have. A death is not found here: the RSI records it, and the account ends. */
export const examinedActions = returnActions.filter((action): action is ExaminedAction => action !== 'freeze-account');
export type ExaminedAction = Exclude<ReturnAction, 'freeze-account'>;

/** An agent has looked at a debit that came back. */
export interface Examination {
  readonly action: ExaminedAction;
  readonly reason: string;
  readonly examinedBy: string;
  readonly examinedOn: Day;
}

/** What waits for an agent: a reason that says too little, and a mandate that a bank denies, of which the proof is to be checked. */
export const outcomesToExamine = ['to-examine', 'mandate-revoked'] as const satisfies readonly ReturnOutcome[];

const waits = (outcome: ReturnOutcome): boolean => outcomesToExamine.some((each) => each === outcome);
const isExaminedOutcome = (outcome: ReturnOutcome): outcome is ExaminedOutcome => examinedOutcomes.some((each) => each === outcome);

interface ExaminedCase extends Omit<ReturnCase, 'reason'> {
  readonly outcome: ReturnOutcome;
  readonly isExamined: boolean;
}

export type ExaminedDecision = ReturnDecision & { readonly outcome: ExaminedOutcome };

/** What follows from what the agent found. A mandate that was revoked is not given back: the person signs another one. */
export function decideExamination(action: ExaminedAction, { outcome, isExamined, ...its }: ExaminedCase): ExaminedDecision {
  if (isExamined || !waits(outcome)) throw refuse('debit-not-to-examine');
  if (outcome === 'mandate-revoked') {
    if (action !== 'revoke-mandate') throw refuse('mandate-stays-revoked');
    // All of it was done when the bank said it: whatever was signed since stands.
    return { outcome, againOn: null, stop: null };
  }
  const { outcome: found, ...rest } = whatFollows(action, its);
  if (!isExaminedOutcome(found)) throw new Error(`An examination does not lead to ${found}.`);
  return { ...rest, outcome: found };
}
