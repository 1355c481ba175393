import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

/** A due date of which exactly a sum is left. */
export interface DebtOfAmount {
  readonly account: string;
  readonly instalment: string;
  readonly dueOn: Day;
  readonly remaining: Money;
}

/** People pay around their due dates: some time after, or a little ahead. */
const around = { before: 62, after: 31 } as const;

/** Those closest to the day first; of the accounts named, whenever they are due. */
export async function debtsOfAmount(
  tx: Pick<EntityManager, 'query'>,
  {
    amount,
    on,
    accounts,
    limit,
  }: { readonly amount: Money; readonly on: Day; readonly accounts: readonly string[]; readonly limit: number },
): Promise<DebtOfAmount[]> {
  const rows = (await tx.query(
    `SELECT * FROM (
       SELECT i.account, i.id AS instalment, i.due_on::text AS "dueOn", abs(i.due_on - $2::date) AS days FROM instalment i
        WHERE i.due_on BETWEEN $3 AND $4 AND i.paid < i.amount AND i.amount - i.paid = $1
       UNION
       SELECT i.account, i.id, i.due_on::text, abs(i.due_on - $2::date) FROM instalment i
        WHERE i.account = ANY($5) AND i.paid < i.amount AND i.amount - i.paid = $1
     ) found ORDER BY (account = ANY($5)) DESC, days, account, instalment LIMIT $6`,
    [amount.toString(), on.iso, on.minusDays(around.before).iso, on.plusDays(around.after).iso, accounts, limit],
  )) as { account: string; instalment: string; dueOn: string }[];
  return rows.map(({ account, instalment, dueOn }) => ({ account, instalment, dueOn: Day.of(dueOn), remaining: amount }));
}
