import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { standsAlone, type Delta, type Elsewhere } from './outside.table.js';
import type { MisplacedPayment } from './several-causes.js';

type Sql = Pick<EntityManager, 'query'>;
type Asked = ReadonlyMap<string, readonly Money[]>;

/**
 * For each account that lacks money: payments on other accounts, each being all by which its account differs, of an amount that was asked here. One
 * that is the whole lack is not among them: `findElsewhere` looks at that.
 */
export async function findMisplaced(tx: Sql, deltas: readonly Delta[], asked: Asked): Promise<Map<string, MisplacedPayment[]>> {
  const short = deltas.filter(({ delta }) => delta.isPositive);
  const rows = (await tx.query(
    `SELECT n.account, d.account AS other, p.id, p.amount::text AS amount FROM json_to_recordset($1) AS n(account text, delta numeric, amounts numeric[])
       JOIN balance_delta d ON -d.delta = ANY(n.amounts) AND d.delta < 0 AND -d.delta < n.delta
       JOIN payment p ON p.account = d.account AND p.amount = -d.delta AND ${standsAlone}
      ORDER BY n.account, d.account, p.value_on DESC, p.id DESC`,
    [JSON.stringify(short.map(({ account, delta }) => ({ account, delta, amounts: wordsOf(asked.get(account)) })))],
  )) as { account: string; other: string; id: string; amount: string }[];
  const found = new Map<string, MisplacedPayment[]>();
  for (const { account, other, id, amount } of rows) {
    const list = found.get(account) ?? [];
    if (!list.some((one) => one.account === other)) list.push({ id, amount: Money.of(amount), account: other });
    found.set(account, list);
  }
  return found;
}

/** Accounts that lack more, the nearest first: among so many it is looked for whose payment it is. */
const mostOwners = 24;

/** The other side of it: for each account whose difference is one of its payments, an account that lacks more and was asked for that amount. */
export async function findOwners(
  tx: Sql,
  deltas: readonly Delta[],
  askedOf: (accounts: readonly string[]) => Promise<Asked>,
): Promise<Map<string, Elsewhere>> {
  const over = deltas.filter(({ delta }) => !delta.isPositive);
  if (over.length === 0) return new Map();
  const rows = (await tx.query(
    `SELECT n.account, p.id, p.amount::text AS amount, d.account AS owner FROM json_to_recordset($1) AS n(account text, delta numeric)
      CROSS JOIN LATERAL (SELECT p.id, p.amount FROM payment p WHERE p.account = n.account AND p.amount = -n.delta AND ${standsAlone}
                           ORDER BY p.value_on DESC, p.id DESC LIMIT 1) p
      CROSS JOIN LATERAL (SELECT d.account, d.delta FROM balance_delta d WHERE d.delta > -n.delta ORDER BY d.delta, d.account LIMIT $2) d
      ORDER BY n.account, d.delta, d.account`,
    [JSON.stringify(over), mostOwners],
  )) as { account: string; id: string; amount: string; owner: string }[];
  const asked = await askedOf([...new Set(rows.map(({ owner }) => owner))]);
  const found = new Map<string, Elsewhere>();
  for (const { account, id, amount, owner } of rows) {
    const isOwners = asked.get(owner)?.some((one) => one.equals(Money.of(amount)));
    if (isOwners && !found.has(account)) found.set(account, { account: owner, payment: id });
  }
  return found;
}

const wordsOf = (amounts: readonly Money[] = []): string[] => amounts.map((one) => one.toString());
