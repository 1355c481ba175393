import { Money } from '@isu/values';
import type { Answer, MoneyHouse } from './money-house.spec-kit.js';

type Json = Answer['json'];

/** The fold of an account in the form in which the second implementation says what it must be. */
export function seenOf({ balance, instalments, payments, surcharges }: Json): Json {
  const { called, paid, remaining, surcharges: late, credit, refunds } = balance;
  const byKey = <T>(entries: readonly (readonly [string, T])[]) => Object.fromEntries(entries);
  return {
    balance: { called, paid, remaining, surcharges: late, credit, refunds },
    instalments: byKey(
      instalments
        .filter(({ lines }: Json) => lines.length > 0)
        .map(({ id, amount, remaining: left }: Json) => [id, { asked: amount, left }]),
    ),
    payments: byKey(
      payments.map(({ reported, allocations, credit: kept, refunded }: Json) => [
        reported.bankReference ?? reported.partnerReference,
        {
          placed: byKey(
            allocations.map(({ instalment, year, code, amount }: Json) => [`${instalment} ${String(year)} ${code}`, amount] as const),
          ),
          ...{ credit: kept, refunded },
        },
      ]),
    ),
    surcharges: byKey(
      surcharges.map(({ instalment, year, code, charged, cancelled, remitted, paid: of }: Json) => [
        `${instalment} ${String(year)} ${code}`,
        { charged: Money.of(charged).minus(Money.of(cancelled)).toString(), remitted, paid: of },
      ]),
    ),
  };
}

/** What is shown of an account beside its fold: refunds, debits, what the ledger adds up to, and whether money without an owner holds its surcharges. */
export async function seenBesides(house: MoneyHouse, account: string): Promise<Json> {
  const read = (path: string) => house.must('GET', `collection/accounts/${account}/${path}`);
  const [{ refunds }, { debits }, { current }, { holds }] = [
    await read('refunds'),
    await read('debits'),
    await read('periods'),
    await read('surcharges'),
  ];
  return {
    refunds: refunds.map(({ number, amount, state }: Json) => `${number} ${amount} ${state}`).reverse(),
    debits: Object.fromEntries(
      debits.map(({ dueOn, amount, collectOn, state, outcome }: Json) => [dueOn, `${amount} ${collectOn} ${outcome ?? state}`]),
    ),
    ledger: { paid: Money.sum(current.periods.map(({ paid }: Json) => Money.of(paid))).toString(), balance: current.balance },
    heldByMoneyToMatch: holds.some(({ code }: Json) => code === 'money-to-match'),
  };
}
