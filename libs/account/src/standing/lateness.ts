import { Money, type Day } from '@isu/values';
import type { Book } from '../book/book.js';
import type { Instalment } from '../book/instalments.js';

/** What remains of an instalment whose day has passed, once the credit of the account is set against the oldest. */
export interface LateInstalment {
  readonly instalment: string;
  readonly dueOn: string;
  readonly amount: Money;
}

/** Late from the day after the due day. By due day, as the book's instalments are. */
export const lateInstalments = (book: Book, day: Day): LateInstalment[] => afterCredit(book, (instalment) => instalment.dueOn < day.iso);

/** What should have been paid by the evening of the day: what is late, and what falls due that day. */
export const dueBy = (book: Book, day: Day): Money =>
  Money.sum(afterCredit(book, (instalment) => instalment.dueOn <= day.iso).map(({ amount }) => amount));

/** The first instalment of today or later that still asks for something. */
export function nextInstalment(book: Book, day: Day): { instalment: string; dueOn: string; amount: string } | null {
  const next = book.instalments.find(({ dueOn, remaining }) => dueOn >= day.iso && Money.of(remaining).isPositive);
  return next ? { instalment: next.id, dueOn: next.dueOn, amount: next.remaining } : null;
}

/** Money that no debt took is set against the oldest debt first, so that nobody is late while we hold their money. */
function afterCredit(book: Book, isAsked: (instalment: Instalment) => boolean): LateInstalment[] {
  let credit = Money.max(Money.of(book.balance.credit), Money.zero);
  const left: LateInstalment[] = [];
  for (const instalment of book.instalments) {
    const remaining = Money.of(instalment.remaining);
    if (!isAsked(instalment) || !remaining.isPositive) continue;
    const covered = Money.min(credit, remaining);
    credit = credit.minus(covered);
    const amount = remaining.minus(covered);
    if (amount.isPositive) left.push({ instalment: instalment.id, dueOn: instalment.dueOn, amount });
  }
  return left;
}
