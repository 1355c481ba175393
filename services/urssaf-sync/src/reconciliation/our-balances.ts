import type { AccountView } from '@isu/account';
import type { AccountStretch } from '@isu/chassis';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

interface OurBalance {
  readonly account: string;
  readonly year: number;
  readonly code: string;
  readonly called: string;
  readonly paid: string;
}

/**
 * The book line by line, as partners tell theirs, surcharges included; money that is placed on nothing is the line `credit` of no year. What of it
 * went back to the person is in it still: refunds leave by our own bank, and partners are told of none (ADR 17).
 */
export function balancesOf({ account, book }: Pick<AccountView, 'account' | 'book'>): OurBalance[] {
  const lines = book.periods.flatMap(({ year, lines: codes }) =>
    codes.map(({ code, called, paid }) => ({ account, year, code, called, paid })),
  );
  const credit = Money.sum(book.payments.flatMap((payment) => [Money.of(payment.credit), Money.of(payment.refunded)])).toString();
  return [...lines, ...surchargesOf(account, book.surcharges), { account, year: 0, code: 'credit', called: '0', paid: credit }].filter(
    ({ called, paid }) => called !== '0' || paid !== '0',
  );
}

/** By contribution year and kind, whichever the due date: a surcharge that was cancelled or remitted is called no more. */
function surchargesOf(account: string, surcharges: AccountView['book']['surcharges']): OurBalance[] {
  const kinds = [...new Map(surcharges.map(({ year, code }) => [`${String(year)} ${code}`, { year, code }])).values()];
  return kinds.map(({ year, code }) => {
    const ofKind = surcharges.filter((surcharge) => surcharge.year === year && surcharge.code === code);
    const sum = (amountsOf: (surcharge: (typeof ofKind)[number]) => readonly string[]) =>
      Money.sum(ofKind.flatMap(amountsOf).map((amount) => Money.of(amount))).toString();
    return { account, year, code, called: sum(({ paid, remaining }) => [paid, remaining]), paid: sum(({ paid }) => [paid]) };
  });
}

/** The fold that follows keeps them anew; until then an account that waits to be folded is compared with nobody's books. */
export async function dropBalances(tx: EntityManager, { after, through }: AccountStretch): Promise<void> {
  await tx.query('DELETE FROM our_balance WHERE account > $1 AND ($2::text IS NULL OR account <= $2)', [after, through]);
}

/** In the transaction that keeps the fingerprints of these views: they are the latest. */
export async function keepBalances(tx: EntityManager, views: readonly AccountView[]): Promise<void> {
  if (views.length === 0) return;
  await tx.query('DELETE FROM our_balance WHERE account = ANY($1)', [views.map(({ account }) => account)]);
  await tx.query(
    `INSERT INTO our_balance (account, year, code, called, paid)
     SELECT account, year, code, called, paid FROM json_to_recordset($1) AS n(account text, year int, code text, called numeric, paid numeric)`,
    [JSON.stringify(views.flatMap(balancesOf))],
  );
}
