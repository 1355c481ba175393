import { affiliationEvents, isFact, type AllocationRecord, type Fact, type OutgoingRecord, type RecoveryRecord } from '@isu/contracts';

/** Who told us of the payment that a fact of collection is about. */
export interface PaymentTold {
  readonly toldBy: string;
  readonly partnerReference: string;
}

/**
 * The line that tells a partner of a fact: what the fact says and nothing else, so that who reads both sees the same. Left out is what is
 * ours alone: the year of birth, which serves rights, and ids of other facts of ours.
 */
export function recordOf(fact: Fact, told: PaymentTold | null): OutgoingRecord {
  const { id: reference, subject: account } = fact;
  const said = { reference, account };
  if (isFact(fact, 'collection.income-recorded.v1')) {
    const { grounds: _, ...income } = fact.data;
    return { type: 'recorded-income', ...said, ...income };
  }
  if (isFact(fact, 'collection.assessed.v1')) {
    const { incomeFact: _, ...assessment } = fact.data;
    return { type: 'assessment', ...said, ...assessment };
  }
  if (isFact(fact, 'collection.schedule-issued.v1')) return { type: 'schedule', ...said, ...fact.data };
  return allocationOf(fact, told) ?? recoveryOf(fact) ?? affiliationOf(fact);
}

function allocationOf(fact: Fact, told: PaymentTold | null): AllocationRecord | null {
  const begins = { type: 'allocation', reference: fact.id, account: fact.subject } as const;
  if (isFact(fact, 'collection.payment-posted.v1')) {
    const { paymentId: payment, amount, valueOn, means, allocations: lines, credit } = fact.data;
    return { ...begins, event: 'posted', payment, ...told, amount, valueOn, means, lines, credit };
  }
  if (isFact(fact, 'collection.credit-allocated.v1'))
    return { ...begins, event: 'credit-allocated', payment: fact.data.paymentId, lines: fact.data.allocations };
  if (isFact(fact, 'collection.allocation-released.v1'))
    return { ...begins, event: 'released', payment: fact.data.paymentId, lines: fact.data.allocations };
  if (isFact(fact, 'collection.payment-reversed.v1')) return { ...begins, event: 'reversed', payment: fact.data.paymentId, lines: [] };
  return null;
}

function recoveryOf(fact: Fact): RecoveryRecord | null {
  const begins = { type: 'recovery', reference: fact.id, account: fact.subject } as const;
  if (isFact(fact, 'collection.surcharge-charged.v1')) {
    const { restsOn: _, ...charged } = fact.data;
    return { ...begins, event: 'surcharge-charged', ...charged };
  }
  if (isFact(fact, 'collection.surcharge-cancelled.v1')) return { ...begins, event: 'surcharge-cancelled', ...fact.data };
  if (isFact(fact, 'collection.surcharge-remitted.v1')) return { ...begins, event: 'surcharge-remitted', ...fact.data };
  return null;
}

function affiliationOf({ id: reference, subject: account, type, data }: Fact): OutgoingRecord {
  const event = affiliationEvents.find((one) => type === `affiliation.${one}.v1`);
  if (event === undefined) throw new Error(`No flow of ours tells of ${type}.`);
  const { birthYear: _, ...said } = { ...data } as { birthYear?: unknown };
  return { type: 'affiliation', reference, account, event, ...said };
}
