import type { AccountView } from '@isu/account';
import type { EntityManager } from 'typeorm';

interface OurBalance {
  readonly account: string;
  readonly year: number;
  readonly code: string;
  readonly called: string;
  readonly paid: string;
}

/** The book line by line, as partners tell theirs; money that is placed on nothing is the line `credit` of no year. */
export function balancesOf({ account, book }: Pick<AccountView, 'account' | 'book'>): OurBalance[] {
  const lines = book.periods.flatMap(({ year, lines: codes }) =>
    codes.map(({ code, called, paid }) => ({ account, year, code, called, paid })),
  );
  const { credit } = book.balance;
  return [...lines, { account, year: 0, code: 'credit', called: '0', paid: credit }].filter(
    ({ called, paid }) => called !== '0' || paid !== '0',
  );
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
