import { isSurcharge } from '@isu/account';
import { paymentReferenceOf, type OnlineOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { isMicroEntrepreneur, type Account } from '../accounts/account.js';
import { placeMoney } from '../payments/allocation.js';
import { openLinesOf } from '../payments/payment.js';
import { remains, type DebtLine, type Instalment } from '../schedules/schedule.js';
import { onlineRules } from './online-rules.js';

export const onlineStates = ['open', 'paid', 'refused', 'cancelled', 'expired', 'disputed'] as const satisfies readonly (
  | 'open'
  | OnlineOutcome
)[];
export type OnlineState = (typeof onlineStates)[number];

/** Due dates that somebody went to pay online: an order that the provider takes money for once. */
export interface OnlinePayment {
  readonly order: string;
  readonly account: string;
  readonly instalments: readonly string[];
  readonly amount: Money;
  readonly openedOn: Day;
  readonly openedAt: Date;
  /** After that the provider takes nothing for it any more; it stays under way until the provider has said so. */
  readonly expiresAt: Date;
  readonly state: OnlineState;
  /** Why nothing came of it, in a code. */
  readonly reason: string | null;
  /** The payment, once paid. */
  readonly paymentId: string | null;
}

/** Why a due date cannot be paid online today. */
export const obstacles = ['debited', 'under-way', 'paid-online-once', 'not-open-yet'] as const;
export type Obstacle = (typeof obstacles)[number];

/** A due date with something left to pay. */
export interface PayableDate {
  readonly instalment: string;
  readonly dueOn: Day;
  /** To be quoted by whoever pays it by transfer or cheque. */
  readonly reference: string;
  readonly contributions: Money;
  readonly surcharges: Money;
  readonly amount: Money;
  readonly isOverdue: boolean;
  /** Null: it may be paid online now. */
  readonly obstacle: Obstacle | null;
}

/** What an account owes and went to pay, as the rules of online payment look at it. */
export interface Situation {
  readonly account: Account;
  readonly today: Day;
  readonly unpaid: readonly Instalment[];
  /** Due dates of orders that the provider has not settled. */
  readonly underWay: ReadonlySet<string>;
  /** Due dates of which the bank has been asked for a debit that has not come back. */
  readonly presented: ReadonlySet<string>;
  /** Due dates paid online before, by payments that stand. */
  readonly paidOnline: ReadonlySet<string>;
}

/** Every due date with something left, oldest first, and what of it may be paid online (3.6: quarterly payers, once a due date; an overdue debt by anybody). */
export function payableDates(situation: Situation): PayableDate[] {
  const { account, today, unpaid } = situation;
  return [...unpaid]
    .sort((a, b) => a.dueOn.compare(b.dueOn) || (a.id < b.id ? -1 : 1))
    .map((instalment): PayableDate => {
      const left = (lines: readonly DebtLine[]): Money => Money.sum(lines.map(remains));
      const [contributions, surcharges] = [
        left(instalment.lines.filter((line) => !isSurcharge(line))),
        left(instalment.lines.filter((line) => isSurcharge(line))),
      ];
      return {
        ...{ instalment: instalment.id, dueOn: instalment.dueOn, contributions, surcharges, amount: contributions.plus(surcharges) },
        reference: paymentReferenceOf({ account: account.account, instalment: instalment.id }),
        isOverdue: instalment.dueOn.isBefore(today),
        obstacle: obstacleOf(instalment, situation),
      };
    })
    .filter(({ amount }) => amount.isPositive);
}

function obstacleOf(instalment: Instalment, { account, today, underWay, presented, paidOnline }: Situation): Obstacle | null {
  if (underWay.has(instalment.id)) return 'under-way';
  if (presented.has(instalment.id)) return 'debited';
  if (onlineRules(today) === null) return 'not-open-yet';
  if (instalment.dueOn.isBefore(today)) return null;
  if (paidOnline.has(instalment.id)) return 'paid-online-once';
  return isMicroEntrepreneur(account) || instalment.means !== 'direct-debit' ? null : 'debited';
}

/** Why a part of the payment goes where it goes. */
export const becauses = ['chosen', 'overdue', 'surcharge', 'credit'] as const;

export interface PreviewedPart {
  /** Null for what no debt takes. */
  readonly instalment: string | null;
  readonly amount: Money;
  readonly because: (typeof becauses)[number];
}

/** What the money would pay if it were received today, in the legal order: the very decision of the posting. */
export function previewOf(chosen: readonly string[], amount: Money, { today, unpaid }: Situation): PreviewedPart[] {
  const { parts, credit } = placeMoney({ amount, valueOn: today, meantFor: chosen }, openLinesOf(unpaid));
  const summed = new Map<string, PreviewedPart>();
  for (const part of parts) {
    const because = isSurcharge(part) ? 'surcharge' : chosen.includes(part.instalment) ? 'chosen' : 'overdue';
    const key = `${because} ${part.instalment}`;
    const before = summed.get(key)?.amount ?? Money.zero;
    summed.set(key, { instalment: part.instalment, because, amount: before.plus(part.amount) });
  }
  return [...summed.values(), ...(credit.isPositive ? [{ instalment: null, amount: credit, because: 'credit' as const }] : [])];
}

/** The order that waits already for exactly these due dates and may still be paid: a second tab is sent where the first went. */
export function sameOrder(
  open: readonly OnlinePayment[],
  chosen: readonly string[],
  { amount, now }: { readonly amount: Money; readonly now: Date },
): OnlinePayment | undefined {
  const wanted = [...chosen].sort().join(' ');
  return open.find((one) => one.expiresAt > now && one.amount.equals(amount) && [...one.instalments].sort().join(' ') === wanted);
}
