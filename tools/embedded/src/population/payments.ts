import { paymentReferenceOf, type MoneyRecord, type Means } from '@isu/contracts';
import type { Persona } from '@isu/testing';
import { Day, Money, nextWorkingDay } from '@isu/values';
import type { AnnouncedInstalment } from '../system-watch.js';

/** Money that the demonstration's Urssaf tells of on a business day. */
export interface PaymentMove {
  readonly on: Day;
  readonly record: MoneyRecord;
}

/** Days after the due date on which a late payer pays. */
const lateByDays = 24;
const returnedAfterDays = 5;
/** The month in which some stopped paying, and the one in which one paid twice or had a debit returned. */
const stoppedFrom = Day.of('2015-10-01');
const incidentMonth = '2015-06';

/** How this person meets this due date: nothing, one payment, or a payment and what happens to it. */
export function movesFor(person: Persona, instalment: AnnouncedInstalment): PaymentMove[] {
  const { account } = instalment;
  const dueOn = Day.of(instalment.dueOn);
  const amount = Money.of(instalment.amount);
  if (!amount.isPositive || (person.payment === 'stopped' && dueOn.atLeast(stoppedFrom))) return [];

  const on = person.payment === 'late' ? nextWorkingDay(dueOn.plusDays(lateByDays)) : dueOn;
  const paid = person.payment === 'partial' ? amount.dividedBy(2).roundedToCent() : amount;
  const payment = (suffix: string): PaymentMove => ({
    on,
    record: {
      type: 'payment',
      reference: `${account}-${instalment.id}${suffix}`,
      account,
      amount: paid.toString(),
      valueOn: on.iso,
      means: person.means satisfies Means,
      paymentReference: paymentReferenceOf({ account, instalment: instalment.id }),
    },
  });
  const isIncident = instalment.dueOn.startsWith(incidentMonth);
  if (isIncident && person.payment === 'overpaid') return [payment(''), payment('-bis')];
  if (isIncident && person.payment === 'debit-returned') return [payment(''), returned(payment(''), instalment)];
  return [payment('')];
}

function returned({ on, record }: PaymentMove, { account, id }: AnnouncedInstalment): PaymentMove {
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
