import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { couldCover, sumsThatCover, type Unpaid } from '../unmatched-money/could-cover.js';
import { findUnmatched } from '../unmatched-money/unmatched-money.table.js';
import type { KnownSurcharges } from './known-surcharges.js';
import type { Hold } from './notification.js';

/** What an account did not pay in time, due date by due date, with what accrued for each: somebody may have paid it, and we not know whose money it is. */
function owedOf({ debts, day }: KnownSurcharges): { unpaid: Unpaid[]; surcharges: Money[] } {
  const counted = debts.filter(({ exemption }) => exemption === null);
  const dueDates = [...new Map(counted.map(({ instalment, dueOn }) => [instalment, dueOn]))];
  const owed = dueDates.map(([instalment, dueOn]) => {
    const ofDate = counted.filter((debt) => debt.instalment === instalment);
    const amount = Money.sum(ofDate.map(({ unpaidAtDue }) => unpaidAtDue));
    const surcharge = Money.sum(ofDate.flatMap((debt) => debt.accruedUntil(day).map((line) => line.amount)));
    return { unpaid: { dueOn, amount }, surcharge };
  });
  return { unpaid: owed.map(({ unpaid }) => unpaid), surcharges: owed.map(({ surcharge }) => surcharge) };
}

/** N6 by construction: while money without an owner could cover what an account owes, nothing more is notified to it. One question for all of them. */
export async function heldByMoneyToMatch(
  tx: Pick<EntityManager, 'query'>,
  known: ReadonlyMap<string, KnownSurcharges>,
): Promise<Map<string, KnownSurcharges>> {
  const owing = new Map([...known].map(([account, its]) => [account, owedOf(its)] as const).filter(([, { unpaid }]) => unpaid.length > 0));
  if (owing.size === 0) return new Map(known);
  const amounts = [...owing.values()].flatMap(({ unpaid, surcharges }) => sumsThatCover(unpaid, surcharges));
  const waiting = await findUnmatched(tx, { accounts: [...owing.keys()], amounts });
  return new Map(
    [...known].map(([account, its]) => {
      const owed = owing.get(account);
      const isHeld = owed !== undefined && waiting.some((money) => couldCover(money, { account, ...owed }, its.day));
      return [account, isHeld ? { ...its, doubts: [...its.doubts, moneyToMatch] } : its];
    }),
  );
}

const moneyToMatch: Hold = {
  code: 'money-to-match',
  text: 'Un encaissement dont nous ne savons pas encore de qui il vient pourrait régler cette dette : on attend de l’avoir identifié.',
};
