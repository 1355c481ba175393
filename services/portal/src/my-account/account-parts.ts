import type { AccountView, Assessment, Balance, Income, Payment, Period, Standing } from '@isu/account';
import { paymentReferenceOf } from '@isu/contracts';
import { Money } from '@isu/values';
import type { AccountGlance, DueDate, Incomes } from '../face/my-account.js';
import type { Part, Proven } from '../face/parts.js';
import { mapPart } from '../questions/parts.js';
import { messagesOf } from './messages.js';

/*
 * What a page shows of the consolidated account. Nothing is worked out here: the figures are those of the view, which every service
 * folds alike, and they go with its vector and fingerprint (N1).
 */

const proven =
  <T>(read: (view: AccountView) => T) =>
  (view: AccountView): Proven<T> => ({ view: { vector: view.vector, fingerprint: view.fingerprint }, figures: read(view) });

type ViewPart = Part<AccountView>;

export const glanceOf = (view: ViewPart): Part<Proven<AccountGlance>> =>
  mapPart(
    view,
    proven(({ book }) => ({
      balance: book.balance,
      inTransit: book.payments.filter(({ state }) => state === 'in-transit'),
      messages: messagesOf(book),
    })),
  );

export const periodsOf = (view: ViewPart): Part<Proven<{ balance: Balance; periods: readonly Period[] }>> =>
  mapPart(
    view,
    proven(({ book: { balance, periods } }) => ({ balance, periods })),
  );

export const incomesOf = (view: ViewPart, year: number | undefined): Part<Proven<Incomes>> =>
  mapPart(
    view,
    proven(({ book }) => ({
      years: latestFirst(book.incomes),
      incomes: book.incomes.filter((income) => year === undefined || income.year === year),
    })),
  );

export const assessmentsOf = (
  view: ViewPart,
  year: number,
): Part<Proven<{ years: readonly number[]; assessments: readonly Assessment[] }>> =>
  mapPart(
    view,
    proven(({ book }) => ({
      years: latestFirst(book.assessments),
      assessments: book.assessments.filter((assessment) => assessment.year === year),
    })),
  );

/** Both days count. */
export interface Between {
  readonly from: string;
  readonly to: string;
}

/** On a day, as a standing judges it; null while nobody can say. */
interface Judged {
  readonly today: string;
  readonly standing: Pick<Standing, 'upToDate' | 'reasons'> | null;
}

export const dueDatesOf = (view: ViewPart, { from, to }: Between, judged: Judged): Part<Proven<readonly DueDate[]>> =>
  mapPart(
    view,
    proven(({ account, book }) =>
      book.instalments
        .filter(({ dueOn }) => dueOn >= from && dueOn <= to)
        .map((instalment) => ({
          ...instalment,
          reference: paymentReferenceOf({ account, instalment: instalment.id }),
          state: stateOf(instalment, judged),
        })),
    ),
  );

export const paymentsOf = (view: ViewPart, { from, to }: Between): Part<Proven<readonly Payment[]>> =>
  mapPart(
    view,
    proven(({ book }) => book.payments.filter(({ valueOn }) => valueOn >= from && valueOn <= to)),
  );

/** In words, what the amounts and the day say; whether one is late for it is the standing's to judge, never ours (I5). */
export function stateOf(
  { id, dueOn, paid, remaining }: Pick<DueDate, 'id' | 'dueOn' | 'paid' | 'remaining'>,
  { today, standing }: Judged,
): DueDate['state'] {
  if (!Money.of(remaining).isPositive) return 'paid';
  if (dueOn < today) return passedState(id, standing);
  if (Money.of(paid).isPositive) return 'partly-paid';
  return dueOn === today ? 'due' : 'to-come';
}

function passedState(id: string, standing: Judged['standing']): DueDate['state'] {
  if (standing === null || standing.upToDate === 'unknown') return 'awaited';
  const isLate = standing.reasons.some((reason) => reason.code === 'instalment-late' && reason.instalment === id);
  return isLate ? 'late' : 'covered';
}

const latestFirst = (items: readonly (Pick<Income, 'year'> | Pick<Assessment, 'year'>)[]): number[] =>
  [...new Set(items.map(({ year }) => year))].sort((a, b) => b - a);
