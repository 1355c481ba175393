import { paymentReferenceOf, type Means, type MoneyRecord } from '@isu/contracts';
import { Day, Money, nextWorkingDay } from '@isu/values';

/** A due date that was called. */
export interface CalledInstalment {
  readonly account: string;
  readonly id: string;
  readonly dueOn: string;
  readonly amount: string;
}

/** How somebody meets what is called, and what befalls them. */
export interface Payer {
  readonly payment: 'on-time' | 'late' | 'partial' | 'stopped' | 'overpaid' | 'debit-returned';
  readonly means: Means;
  /** From when on somebody who stops pays nothing. */
  readonly stoppedFrom: string;
  /** Month, or beginning of a day, in which somebody pays twice or has a debit returned: `2015-06`. */
  readonly incidentMonth: string;
}

/** Money that Urssaf tells of on a business day. */
export interface PaymentMove {
  readonly on: Day;
  readonly record: MoneyRecord;
}

/** Days after the due date on which a late payer pays. */
const lateByDays = 24;
const returnedAfterDays = 5;

/** How this person meets this due date: nothing, one payment, or a payment and what happens to it. */
export function movesFor(payer: Payer, instalment: CalledInstalment): PaymentMove[] {
  const { account } = instalment;
  const dueOn = Day.of(instalment.dueOn);
  const amount = Money.of(instalment.amount);
  if (!amount.isPositive || (payer.payment === 'stopped' && instalment.dueOn >= payer.stoppedFrom)) return [];

  const on = payer.payment === 'late' ? nextWorkingDay(dueOn.plusDays(lateByDays)) : dueOn;
  const paid = payer.payment === 'partial' ? amount.dividedBy(2).roundedToCent() : amount;
  const payment = (suffix: string): PaymentMove => ({
    on,
    record: {
      type: 'payment',
      reference: `${account}-${instalment.id}${suffix}`,
      account,
      amount: paid.toString(),
      valueOn: on.iso,
      means: payer.means,
      paymentReference: paymentReferenceOf({ account, instalment: instalment.id }),
    },
  });
  const isIncident = instalment.dueOn.startsWith(payer.incidentMonth);
  if (isIncident && payer.payment === 'overpaid') return [payment(''), payment('-bis')];
  if (isIncident && payer.payment === 'debit-returned') return [payment(''), returned(payment(''), instalment)];
  return [payment('')];
}

function returned({ on, record }: PaymentMove, { account, id }: CalledInstalment): PaymentMove {
  const back = nextWorkingDay(on.plusDays(returnedAfterDays));
  return {
    on: back,
    record: {
      type: 'reversal',
      reference: `${account}-${id}-retour`,
      reverses: record.reference,
      amount: record.amount,
      valueOn: back.iso,
      reason: 'AM04 provision insuffisante',
    },
  };
}
