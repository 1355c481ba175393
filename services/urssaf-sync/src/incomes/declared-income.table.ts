import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Declaration } from './income-line.js';

type Reading = Pick<EntityManager, 'query'>;
type OrNull = 'corrects' | 'declarant' | 'period' | 'activity';
type Row = Omit<Declaration, OrNull> & { readonly [Field in OrNull]: Declaration[Field] | null };

const columns = `d.reference, d.content, d.line, d.account, d.year, d.amount::text AS amount, d.received_on::text AS "receivedOn", d.declarant, d.corrects,
  d.kind, d.period, d.activity`;

const declarationIn = <R extends Row>({ corrects, declarant, period, activity, amount, ...row }: R) => ({
  ...row,
  amount: Money.of(amount).toString(),
  ...(corrects === null ? {} : { corrects }),
  ...(declarant === null ? {} : { declarant }),
  ...(period === null ? {} : { period }),
  ...(activity === null ? {} : { activity }),
});

/** What this partner said that can bear on these declarations: under one of their references, or about one of their accounts and years. */
export async function findDeclarations(tx: Reading, partner: string, said: readonly Declaration[]): Promise<Declaration[]> {
  const references = said.flatMap(({ reference, corrects }) => (corrects === undefined ? [reference] : [reference, corrects]));
  const rows = (await tx.query(
    `SELECT ${columns} FROM declared_income d WHERE d.partner = $1 AND d.reference = ANY($2)
     UNION
     SELECT ${columns} FROM declared_income d JOIN (SELECT DISTINCT * FROM unnest($3::text[], $4::int[]) AS n(account, year)) n USING (account, year)
      WHERE d.partner = $1`,
    [partner, references, said.map(({ account }) => account), said.map(({ year }) => year)],
  )) as Row[];
  return rows.map(declarationIn);
}

/** Where declarations came from. */
interface Source {
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly correlation: string;
}

/** `facts`: those that told of them, by reference. */
export async function insertDeclarations(
  tx: EntityManager,
  { partner, flow, batch, correlation }: Source,
  { declarations, facts }: { declarations: readonly Declaration[]; facts: ReadonlyMap<string, string> },
): Promise<void> {
  if (declarations.length === 0) return;
  await tx.query(
    `INSERT INTO declared_income (partner, reference, content, flow, batch, line, account, year, amount, received_on, declarant, corrects, kind, period,
       activity, fact, correlation)
     SELECT $2, reference, content, $3, $4, line, account, year, amount, "receivedOn", declarant, corrects, kind, period, activity, fact, $5
       FROM json_to_recordset($1) AS n(reference text, content text, line int, account text, year int, amount numeric, "receivedOn" date,
         declarant text, corrects text, kind text, period text, activity text, fact uuid)`,
    [JSON.stringify(declarations.map((one) => ({ ...one, fact: facts.get(one.reference) ?? null }))), partner, flow, batch, correlation],
  );
}

/** A declaration that waits for its account. */
export type WaitingDeclaration = Declaration & { readonly partner: string; readonly correlation: string };

/** In the order in which the partners received them. */
export async function findWaitingDeclarations(tx: Reading, accounts: readonly string[]): Promise<WaitingDeclaration[]> {
  const rows = (await tx.query(
    `SELECT ${columns}, d.partner, d.correlation FROM declared_income d WHERE d.fact IS NULL AND d.account = ANY($1)
      ORDER BY d.account, d.year, d.received_on, (d.corrects IS NOT NULL), d.reference`,
    [accounts],
  )) as (Row & { partner: string; correlation: string })[];
  return rows.map(declarationIn);
}

/** By partner and reference, the fact that told of each. */
export async function markTold(
  tx: EntityManager,
  told: readonly (Pick<WaitingDeclaration, 'partner' | 'reference'> & { readonly fact: string })[],
): Promise<void> {
  await tx.query(
    `UPDATE declared_income d SET fact = n.fact FROM json_to_recordset($1) AS n(partner text, reference text, fact uuid)
      WHERE d.partner = n.partner AND d.reference = n.reference`,
    [JSON.stringify(told)],
  );
}
