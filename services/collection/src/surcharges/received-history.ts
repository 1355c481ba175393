import type { Book } from '@isu/account';
import { isFact, type Fact, type FactData } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { isPrincipal } from './asked-history.js';

/** Money that paid a due date, from a day on; negative for what was taken back out of it. */
export interface Received {
  readonly amount: Money;
  readonly valueOn: Day;
}

type Allocation = FactData<'collection.payment-posted.v1'>['allocations'][number];
type Words = Fact<'collection.payment-posted.v1' | 'collection.credit-allocated.v1' | 'collection.allocation-released.v1'>;

/**
 * What each due date has received for each contribution year, by the value date of the money. What was paid in time and taken back later, since
 * less was owed by then, had been received in time: it goes on the day on which it is taken back, as the calendar asks less from that day on.
 */
export function receivedByDebt(facts: readonly Fact[], { payments }: Book): Map<string, Received[]> {
  const standing = new Map(payments.filter(({ state }) => state === 'posted').map(({ id, valueOn }) => [id, Day.of(valueOn)]));
  const history = new ReceivedHistory();
  const isPosted = new Set<string>();
  for (const fact of facts) {
    if (!isAboutMoney(fact)) continue;
    const { paymentId, allocations } = fact.data;
    const valueOn = standing.get(paymentId);
    if (valueOn === undefined || (fact.type === 'collection.payment-posted.v1' && isPosted.has(paymentId))) continue;
    isPosted.add(paymentId);
    const told = { paymentId, valueOn, on: Day.of(fact.effectiveon) };
    for (const part of allocations.filter(isPrincipal)) {
      if (fact.type === 'collection.allocation-released.v1') history.takeBack(part, told);
      else history.pay(part, told);
    }
  }
  return history.received;
}

interface Told {
  readonly paymentId: string;
  readonly valueOn: Day;
  /** The day on which it was said. */
  readonly on: Day;
}

class ReceivedHistory {
  readonly received = new Map<string, Received[]>();
  /** By payment and due date, what was taken back and not placed there again. */
  private readonly takenBack = new Map<string, Money>();

  /** What was taken out of the same due date a moment before has been there all along: only its contribution changed. */
  pay({ instalment, year, amount }: Allocation, { paymentId, valueOn, on }: Told): void {
    const [place, key] = [`${instalment} ${year}`, `${paymentId} ${instalment} ${year}`];
    const gone = this.takenBack.get(key) ?? Money.zero;
    const back = Money.min(gone, Money.of(amount));
    this.takenBack.set(key, gone.minus(back));
    this.add(place, back, on);
    this.add(place, Money.of(amount).minus(back), valueOn);
  }

  takeBack({ instalment, year, amount }: Allocation, { paymentId, on }: Told): void {
    const key = `${paymentId} ${instalment} ${year}`;
    this.takenBack.set(key, (this.takenBack.get(key) ?? Money.zero).plus(Money.of(amount)));
    this.add(`${instalment} ${year}`, Money.of(amount).negated(), on);
  }

  private add(place: string, amount: Money, valueOn: Day): void {
    if (amount.isZero) return;
    const known = this.received.get(place);
    if (known) known.push({ amount, valueOn });
    else this.received.set(place, [{ amount, valueOn }]);
  }
}

const isAboutMoney = (fact: Fact): fact is Words =>
  isFact(fact, 'collection.payment-posted.v1') ||
  isFact(fact, 'collection.credit-allocated.v1') ||
  isFact(fact, 'collection.allocation-released.v1');
