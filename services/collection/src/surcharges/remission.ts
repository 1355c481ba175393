import { decidesRemission, monthsMayBeRemitted } from '@isu/calc';
import { surchargeCodes } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { refuse } from '../refusals.js';
import type { KnownSurcharges } from './known-surcharges.js';
import { debtKey, type PartOff } from './notification.js';

/** What a person asks of surcharges that were notified (remise gracieuse, CSS R. 243-20), and what was decided of it. */
export interface Remission {
  readonly id: string;
  readonly account: string;
  readonly reason: string;
  /** An irresistible event from outside: the months too may then be given up. */
  readonly externalEvent: boolean;
  readonly askedBy: string;
  readonly askedOn: Day;
  readonly state: (typeof remissionStates)[number];
  readonly ground: 'director' | 'board' | null;
  /** Of the amicable board's decision. */
  readonly boardReference: string | null;
  readonly decidedBy: string | null;
  readonly decidedOn: Day | null;
  readonly decisionReason: string | null;
  /** What was given up. */
  readonly amount: Money | null;
}

export const remissionStates = ['asked', 'granted', 'refused'] as const;

export interface RemissionDecision {
  readonly granted: boolean;
  readonly reason: string;
  readonly boardReference: string | undefined;
  readonly decidedBy: string;
}

/**
 * What may be given up today: the surcharge of the due date, and the months where the principal was paid within thirty days or an outside
 * event prevented it. Refused while contributions are unpaid, and where there is nothing.
 */
export function remissible({ book, debts, surcharges }: KnownSurcharges, { externalEvent }: Pick<Remission, 'externalEvent'>): PartOff[] {
  if (surcharges.every(({ remaining }) => !Money.of(remaining).isPositive)) throw refuse('no-surcharge-to-remit');
  const unpaid = Money.sum(debts.filter(({ settledOn }) => settledOn === null).map((debt) => remainingOf(book, debt)));
  if (unpaid.isPositive) throw refuse('remission-before-principal', { unpaid });
  return surcharges.flatMap(({ instalment, year, code, remaining }): PartOff[] => {
    const debt = debts.find((each) => debtKey(each) === debtKey({ instalment, year }));
    const areMonthsKept = code === surchargeCodes.monthly && !externalEvent && !(debt && monthsMayBeRemitted(debt));
    return areMonthsKept || !Money.of(remaining).isPositive ? [] : [{ instalment, year, code, amount: remaining }];
  });
}

/** Decides a remission that was asked for: never who asked, and above its threshold by the board, whose decision is named. */
export function decideRemission(asked: Remission, decision: RemissionDecision, { known, today }: { known: KnownSurcharges; today: Day }) {
  if (asked.state !== 'asked') throw refuse('remission-decided');
  if (asked.askedBy === decision.decidedBy) throw refuse('remission-four-eyes');
  const { granted, reason, boardReference = null, decidedBy } = decision;
  const decided = { ...asked, boardReference, decidedBy, decidedOn: today, decisionReason: reason };
  if (!granted) return { remission: { ...decided, state: 'refused' as const }, lines: [] };
  const lines = remissible(known, asked);
  const amount = Money.sum(lines.map((line) => Money.of(line.amount)));
  if (!amount.isPositive) throw refuse('months-not-remissible');
  const ground = boardReference === null ? decidesRemission(amount, today) : 'board';
  if (ground === 'board' && boardReference === null) throw refuse('remission-of-the-board', { amount });
  return { remission: { ...decided, state: 'granted' as const, ground, amount }, lines };
}

function remainingOf({ instalments }: KnownSurcharges['book'], { instalment, year }: { instalment: string; year: number }): Money {
  const lines = instalments.find(({ id }) => id === instalment)?.lines ?? [];
  return Money.max(Money.zero, Money.sum(lines.filter((line) => line.year === year).map(({ remaining }) => Money.of(remaining))));
}
