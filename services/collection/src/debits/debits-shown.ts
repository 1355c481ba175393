import { wire } from '@isu/chassis';
import { debitSequences, returnOutcomes, type DebitSequence, type ReturnOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { examinedActions, outcomesToExamine, type Examination } from '../returns/examination.js';
import { examinationsOf } from '../returns/examination.table.js';
import { returnAdvice, reasonText } from '../returns/return-letters.js';
import { obstacles, type DebitStop, type Obstacle } from './debit.js';
import { debtorsOf } from './debtor.table.js';

type Reading = Pick<EntityManager, 'query'>;

export const debitStates = ['presented', 'paid', 'rejected', 'returned'] as const;

interface ShownPart {
  readonly instalment: string;
  readonly amount: Money;
}

/** A debit as the person and agents see it: what was asked, what became of it, and what to do. */
export interface ShownDebit {
  readonly endToEnd: string;
  readonly dueOn: Day;
  readonly collectOn: Day;
  readonly presentedOn: Day;
  readonly amount: Money;
  readonly sequence: DebitSequence;
  readonly state: (typeof debitStates)[number];
  readonly settledOn: Day | null;
  readonly returnedOn: Day | null;
  readonly reason: string | null;
  /** The reason in plain French. */
  readonly reasonText: string | null;
  readonly outcome: ReturnOutcome | null;
  readonly againOn: Day | null;
  readonly advice: string | null;
  readonly instalments: readonly ShownPart[];
}

export interface NextDebit {
  readonly dueOn: Day;
  readonly amount: Money;
  readonly instalments: readonly ShownPart[];
  /** Why it will not be debited, as far as it is known here. */
  readonly obstacle: Obstacle | null;
}

export interface DebitsOfAccount {
  readonly account: string;
  readonly periodicity: Account['periodicity'];
  readonly next: NextDebit | null;
  readonly notDebited: readonly { readonly dueOn: Day; readonly obstacle: Obstacle; readonly amount: Money }[];
  readonly monthlyFrom: Day | null;
  readonly debits: readonly ShownDebit[];
}

const part = wire.record<ShownPart>({ instalment: wire.text, amount: wire.euros });
const debitFields = {
  ...{ endToEnd: wire.text, dueOn: wire.day, collectOn: wire.day, presentedOn: wire.day, amount: wire.euros },
  ...{ sequence: wire.choice(debitSequences), state: wire.choice(debitStates) },
  ...{ settledOn: wire.orNull(wire.day), returnedOn: wire.orNull(wire.day), reason: wire.orNull(wire.text) },
  ...{ reasonText: wire.orNull(wire.text), outcome: wire.orNull(wire.choice(returnOutcomes)), againOn: wire.orNull(wire.day) },
  ...{ advice: wire.orNull(wire.text), instalments: wire.listOf(part) },
};
/** As agents see it: what waits for one of them, and what one has found. */
export type ReturnedDebitOfAccount = ShownDebit & {
  readonly account: string;
  readonly isToExamine: boolean;
  readonly examination: Examination | null;
};
const examination = wire.record<Examination>({
  ...{ action: wire.choice(examinedActions), reason: wire.text, examinedBy: wire.text, examinedOn: wire.day },
});
const returnedFields = { account: wire.account, ...debitFields, isToExamine: wire.flag, examination: wire.orNull(examination) };
export const returnedDebit = wire.record<ReturnedDebitOfAccount>(returnedFields);
export const returnedDebitsAnswer = wire.record<{ debits: readonly ReturnedDebitOfAccount[] }>({ debits: wire.listOf(returnedDebit) });
export const debitsAnswer = wire.record<DebitsOfAccount>({
  ...{ account: wire.account, periodicity: wire.choice(['monthly-5', 'monthly-20', 'quarterly']) },
  next: wire.orNull(
    wire.record<NextDebit>({
      ...{ dueOn: wire.day, amount: wire.euros, instalments: wire.listOf(part), obstacle: wire.orNull(wire.choice(obstacles)) },
    }),
  ),
  notDebited: wire.listOf(
    wire.record<DebitsOfAccount['notDebited'][number]>({ dueOn: wire.day, obstacle: wire.choice(obstacles), amount: wire.euros }),
  ),
  monthlyFrom: { ...wire.orNull(wire.day), description: 'Le jour à partir duquel le paiement mensuel peut être redemandé.' },
  debits: wire.listOf(wire.record<ShownDebit>(debitFields)),
});

interface Row {
  readonly account: string;
  readonly endToEnd: string;
  readonly dueOn: string;
  readonly collectOn: string;
  readonly presentedOn: string;
  readonly amount: string;
  readonly sequence: DebitSequence;
  readonly settledOn: string | null;
  readonly returnedOn: string | null;
  readonly moment: 'rejected' | 'returned' | null;
  readonly reason: string | null;
  readonly outcome: ReturnOutcome | null;
  readonly againOn: string | null;
  readonly monthlyFrom: string | null;
  readonly instalments: readonly { readonly instalment: string; readonly amount: string }[];
}

/** Where the same has been debited again since, the day is that of its next debit. */
const debitRows = (which: string): string => `
  SELECT d.account, d.end_to_end AS "endToEnd", d.due_on::text AS "dueOn", d.collect_on::text AS "collectOn", d.presented_on::text AS "presentedOn",
    d.amount, d.sequence, d.settled_on::text AS "settledOn", d.returned_on::text AS "returnedOn", d.moment, d.reason, d.outcome,
    p.again_on::text AS "againOn", p.instalments, k.monthly_from::text AS "monthlyFrom"
  FROM debit d LEFT JOIN debtor k USING (account)
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('instalment', b.instalment, 'amount', b.amount::text) ORDER BY b.instalment) AS instalments,
      coalesce(max(b.again_on), (SELECT min(n.due_on) FROM debited_instalment a JOIN debit n USING (end_to_end)
        WHERE a.account = d.account AND a.instalment = min(b.instalment) AND n.due_on > d.due_on)) AS again_on
    FROM debited_instalment b WHERE b.end_to_end = d.end_to_end) p
  WHERE ${which}`;

const dayOrNull = (text: string | null): Day | null => (text === null ? null : Day.of(text));

function debitOf({ account, moment, monthlyFrom, ...row }: Row): ShownDebit {
  const [amount, dueOn, settledOn, returnedOn] = [
    Money.of(row.amount),
    Day.of(row.dueOn),
    dayOrNull(row.settledOn),
    dayOrNull(row.returnedOn),
  ];
  const { outcome, reason } = row;
  const againOn = outcome === null ? null : dayOrNull(row.againOn);
  const until = dayOrNull(monthlyFrom);
  const told = { account, amount, dueOn, againOn, toQuarterly: until !== null, monthlyFrom: until ?? Day.at(dueOn.year + 1, 1, 1) };
  return {
    ...{ endToEnd: row.endToEnd, dueOn, collectOn: Day.of(row.collectOn), presentedOn: Day.of(row.presentedOn), amount },
    ...{ sequence: row.sequence, state: moment ?? (settledOn ? 'paid' : 'presented'), settledOn, returnedOn, reason, outcome, againOn },
    reasonText: reason === null ? null : reasonText(reason),
    advice: outcome === null ? null : returnAdvice({ ...told, outcome }),
    instalments: row.instalments.map((each) => ({ instalment: each.instalment, amount: Money.of(each.amount) })),
  };
}

/** Of an account, the latest first. */
export async function debitsOf(tx: Reading, account: string): Promise<ShownDebit[]> {
  const rows: Row[] = await tx.query(`${debitRows('d.account = $1')} ORDER BY d.due_on DESC`, [account]);
  return rows.map(debitOf);
}

export interface ReturnsAsked {
  /** Of the accounts that some caisses hold; null: of all. */
  readonly funds: { readonly codes: readonly string[]; readonly on: string } | null;
  readonly limit: number;
}

const within = '($1::text[] IS NULL OR holding_fund(d.account, $2) = ANY($1))';

/** What came back between two days, the latest first; at most so many. */
export async function returnedDebits(
  tx: Reading,
  { from, to, funds, limit }: ReturnsAsked & { from: Day; to: Day },
): Promise<ReturnedDebitOfAccount[]> {
  const rows: Row[] = await tx.query(
    `${debitRows(`d.returned_on BETWEEN $3 AND $4 AND ${within}`)} ORDER BY d.returned_on DESC, d.account LIMIT $5`,
    [funds?.codes ?? null, funds?.on ?? to.iso, from.iso, to.iso, limit],
  );
  return withExaminations(tx, rows);
}

/** What nobody has looked at yet, whatever its age, the oldest first; at most so many. */
export async function debitsToExamine(
  tx: Reading,
  { funds, limit, today }: ReturnsAsked & { today: Day },
): Promise<ReturnedDebitOfAccount[]> {
  const isWaiting = `d.outcome IN (${outcomesToExamine.map((outcome) => `'${outcome}'`).join(', ')})
    AND NOT EXISTS (SELECT FROM debit_examination x WHERE x.end_to_end = d.end_to_end)`;
  const rows: Row[] = await tx.query(`${debitRows(`${isWaiting} AND ${within}`)} ORDER BY d.returned_on, d.account LIMIT $3`, [
    funds?.codes ?? null,
    funds?.on ?? today.iso,
    limit,
  ]);
  return withExaminations(tx, rows);
}

/** One that came back to this account. */
export async function returnedDebitOf(tx: Reading, account: string, endToEnd: string): Promise<ReturnedDebitOfAccount | undefined> {
  const rows: Row[] = await tx.query(debitRows('d.account = $1 AND d.end_to_end = $2 AND d.returned_on IS NOT NULL'), [account, endToEnd]);
  return (await withExaminations(tx, rows))[0];
}

async function withExaminations(tx: Reading, rows: readonly Row[]): Promise<ReturnedDebitOfAccount[]> {
  const examined = await examinationsOf(tx, rows.map(({ endToEnd }) => endToEnd)); // prettier-ignore
  return rows.map((row) => {
    const found = examined.get(row.endToEnd) ?? null;
    const isToExamine = found === null && outcomesToExamine.some((outcome) => outcome === row.outcome);
    return { account: row.account, ...debitOf(row), isToExamine, examination: found };
  });
}

const obstacleOfStop: Readonly<Record<DebitStop, Obstacle>> = {
  'wrong-account': 'mandate-suspended',
  'no-mandate': 'mandate-refused',
  deceased: 'deceased',
};

/** What is debited next: what falls due by debit from today on and is not at the bank yet, with what is debited again that day. */
export async function nextDebit(tx: Reading, { account, told, endedOn }: Account, today: Day): Promise<NextDebit | null> {
  const rows: { dueOn: string; instalment: string; amount: string }[] = await tx.query(
    `WITH due AS (
       SELECT i.due_on, i.id, i.amount - i.paid AS amount FROM instalment i
       WHERE i.account = $1 AND i.means = 'direct-debit' AND i.due_on >= $2 AND i.paid < i.amount AND i.due_on <= coalesce($3::date, 'infinity')
         AND NOT EXISTS (SELECT FROM debited_instalment b WHERE b.account = $1 AND b.instalment = i.id)
       UNION ALL
       SELECT greatest(b.again_on, $2::date), b.instalment, i.amount - i.paid FROM debited_instalment b
       JOIN instalment i ON i.account = b.account AND i.id = b.instalment
       WHERE b.account = $1 AND b.again_on IS NOT NULL AND i.paid < i.amount)
     SELECT due_on::text AS "dueOn", id AS instalment, amount FROM due WHERE due_on = (SELECT min(due_on) FROM due) ORDER BY id DESC`,
    [account, today.iso, endedOn?.iso ?? null],
  );
  const [first] = rows;
  if (!first) return null;
  const { stop = null } = (await debtorsOf(tx, [account])).get(account) ?? {};
  const instalments = rows.map((row) => ({ instalment: row.instalment, amount: Money.of(row.amount) }));
  const obstacle = stop === null ? (told.mandate === 'revoked' ? 'no-mandate' : null) : obstacleOfStop[stop];
  return { dueOn: Day.of(first.dueOn), amount: Money.sum(instalments.map(({ amount }) => amount)), instalments, obstacle };
}

export async function notDebitedOf(tx: Reading, account: string): Promise<DebitsOfAccount['notDebited']> {
  const rows: { dueOn: string; obstacle: Obstacle; amount: string }[] = await tx.query(
    `SELECT due_on::text AS "dueOn", obstacle, amount FROM not_debited WHERE account = $1 ORDER BY due_on DESC`,
    [account],
  );
  return rows.map(({ dueOn, obstacle, amount }) => ({ dueOn: Day.of(dueOn), obstacle, amount: Money.of(amount) }));
}
