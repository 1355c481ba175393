import { foldAccount } from '@isu/account';
import { isFact, paymentReferenceOf, type Fact, type Means } from '@isu/contracts';
import type { HeldFact } from '@isu/messaging';
import { Day, Money } from '@isu/values';

/** What a part of the money paid. */
export interface ReceiptPart {
  readonly instalment: string;
  /** Null for a due date of which no calendar ever spoke. */
  readonly dueOn: Day | null;
  readonly reference: string;
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
}

/** The receipt of a payment (quittance): what was received, when, and what it paid to the cent. */
export interface Receipt {
  /** Account and number of the posting in its history: one payment, one receipt, for ever the same. */
  readonly number: string;
  readonly paymentId: string;
  readonly account: string;
  /** Value date: surcharges stop there. */
  readonly receivedOn: Day;
  readonly postedOn: Day;
  readonly amount: Money;
  readonly means: Means;
  /** By the name that the bank or the partner gave the money; null when nobody reported it. */
  readonly partnerReference: string | null;
  /** With the credit and what was refunded they add up to the amount, unless it was taken back. */
  readonly parts: readonly ReceiptPart[];
  /** Kept for what falls due. */
  readonly credit: Money;
  readonly refunded: Money;
  /** It was taken back: the receipt is void. */
  readonly reversed: { readonly on: Day; readonly reason: string } | null;
}

/** Read out of the facts of the account, by the fold that every screen shows: asked again, it says what the money has paid by then. */
export function receiptOf(held: readonly HeldFact[], paymentId: string): Receipt | undefined {
  const facts = held.map(({ fact }) => fact);
  const posted = facts.filter(ofType('collection.payment-posted.v1')).find(({ data }) => data.paymentId === paymentId);
  const payment = foldAccount(facts).book.payments.find(({ id }) => id === paymentId);
  if (!posted || !payment) return undefined;
  const { subject: account, seq } = posted;
  const dueDates = dueDatesOf(facts);
  const reversal = facts.filter(ofType('collection.payment-reversed.v1')).find(({ data }) => data.paymentId === paymentId);
  return {
    ...{ number: `${account}-${String(seq)}`, paymentId, account, amount: Money.of(payment.amount), means: payment.means },
    ...{ receivedOn: Day.of(payment.valueOn), postedOn: Day.of(posted.data.accountingDay) },
    partnerReference: payment.reported?.partnerReference ?? null,
    parts: payment.allocations.map(({ instalment, year, code, amount }) => ({
      ...{ instalment, year, code, amount: Money.of(amount), dueOn: dueDates.get(instalment) ?? null },
      reference: paymentReferenceOf({ account, instalment }),
    })),
    ...{ credit: Money.of(payment.credit), refunded: Money.of(payment.refunded) },
    reversed: reversal ? { on: Day.of(reversal.effectiveon), reason: reversal.data.reason } : null,
  };
}

/** By instalment, the day on which it was last called for. */
function dueDatesOf(facts: readonly Fact[]): Map<string, Day> {
  const calendars = facts.filter(ofType('collection.schedule-issued.v1')).flatMap(({ data }) => data.instalments);
  const turnovers = facts.filter(ofType('collection.turnover-recorded.v1')).map(({ data: { period, dueOn } }) => ({ id: period, dueOn }));
  return new Map([...calendars, ...turnovers].map(({ id, dueOn }) => [id, Day.of(dueOn)]));
}

const ofType =
  <T extends Fact['type']>(type: T) =>
  (fact: Fact): fact is Fact<T> =>
    isFact(fact, type);
