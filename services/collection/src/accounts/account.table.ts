import { refuse } from '@isu/chassis';
import type { Group, Periodicity, Regime } from '@isu/contracts';
import { together } from '@isu/messaging';
import { Day, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from './account.js';
import { collaborationOf, toldOf, toldText, type Collaboration } from './told.js';

interface Row {
  account: string;
  group: Group;
  regime: Regime;
  startedOn: string;
  endedOn: string | null;
  openedOn: string | null;
  periodicity: Periodicity;
  dayChangedIn: number | null;
  told: Parameters<typeof toldOf>[0];
}

const columns = `account, professional_group AS "group", regime, started_on::text AS "startedOn", ended_on::text AS "endedOn",
  opened_on::text AS "openedOn", periodicity, day_changed_in AS "dayChangedIn", told`;

/** Not withdrawn for another account of the same person: nothing is called, reminded or taxed there any more. */
const goesOn = `NOT told ? 'mergedInto'`;

const opened = (rows: readonly Row[]): Map<string, Account> =>
  new Map(
    rows.flatMap(({ startedOn, endedOn, openedOn, told, ...row }) =>
      openedOn === null
        ? []
        : [
            [
              row.account,
              {
                ...{ ...row, startedOn: Day.of(startedOn), endedOn: endedOn === null ? null : Day.of(endedOn) },
                ...{ openedOn: Day.of(openedOn), told: toldOf(told) },
              },
            ],
          ],
    ),
  );

/**
 * Locks accounts in ascending order and gives the open ones. One that nobody has registered yet gets its row, locked too, so
 * that what is said of it and its opening happen one after the other: neither can miss the other.
 */
export async function lockAccounts(tx: EntityManager, numbers: readonly string[]): Promise<Map<string, Account>> {
  const wanted = [...new Set(numbers)].sort();
  const [, rows] = await together(
    tx.query(
      `INSERT INTO account (account) SELECT n FROM unnest($1::text[]) AS n
       WHERE NOT EXISTS (SELECT FROM account a WHERE a.account = n) ORDER BY n COLLATE "C" ON CONFLICT DO NOTHING`,
      [wanted],
    ),
    tx.query<Row[]>(`SELECT ${columns} FROM account WHERE account = ANY($1) ORDER BY account FOR UPDATE`, [wanted]),
  );
  return opened(rows);
}

/** The same with the accounts that go on for those withdrawn (S3), so that nobody locks these afterwards, out of order. */
export async function lockWithThoseThatGoOn(tx: EntityManager, numbers: readonly string[]): Promise<void> {
  await lockAccounts(tx, await withThoseThatGoOn(tx, numbers));
}

async function withThoseThatGoOn(tx: EntityManager, numbers: readonly string[]): Promise<string[]> {
  const rows: { account: string }[] = await tx.query(
    `WITH RECURSIVE concerned AS (
       SELECT unnest($1::text[]) AS account
       UNION SELECT a.told->>'mergedInto' FROM account a JOIN concerned c ON c.account = a.account WHERE a.told ? 'mergedInto')
     SELECT account FROM concerned`,
    [numbers],
  );
  return rows.map(({ account }) => account);
}

/**
 * The same, each under the number that was asked for: in the place of an account withdrawn for another (S3), the one that goes on. Money
 * and declarations that still come under the old number are of this one.
 */
export async function lockGoingOn(tx: EntityManager, numbers: readonly string[]): Promise<Map<string, Account>> {
  const all = await lockAccounts(tx, await withThoseThatGoOn(tx, numbers));
  const goingOn = new Map([...all].filter(([number]) => numbers.includes(number)));
  for (;;) {
    const withdrawn = [...goingOn].flatMap(([number, { told }]) => (told.mergedInto === null ? [] : [{ number, into: told.mergedInto }]));
    if (withdrawn.length === 0) return goingOn;
    // Known already, but where one was withdrawn between the look and the lock.
    const next = await lockAccounts(tx, withdrawn.map(({ into }) => into)); // prettier-ignore
    for (const { number, into } of withdrawn) {
      const account = next.get(into);
      if (account) goingOn.set(number, account);
      else goingOn.delete(number);
    }
  }
}

/** For a read: an account that is not open is not there. */
export async function findOpenAccount(tx: Pick<EntityManager, 'query'>, number: AccountNumber): Promise<Account> {
  const account = opened(await tx.query(`SELECT ${columns} FROM account WHERE account = $1`, [number.toString()])).get(number.toString());
  if (!account) throw refuse('not-found');
  return account;
}

/** Where a walk over all accounts has come, and how far its next step goes. */
export interface WalkFrom {
  readonly after: string;
  readonly limit: number;
}

/** The next open accounts in the order of their numbers, locked. */
export async function lockNextAccounts(tx: EntityManager, { after, limit }: WalkFrom): Promise<Account[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM account WHERE account > $1 AND opened_on IS NOT NULL AND ${goesOn} ORDER BY account LIMIT $2 FOR UPDATE`,
    [after, limit],
  );
  return [...opened(rows).values()];
}

/** A period that some micro-entrepreneurs declare now, by the rhythm that they chose. */
export interface DuePeriod {
  readonly rhythm: string;
  readonly period: string;
  /** The kind of the message that reminds of it. */
  readonly reminder: string;
}

/** Of these, who has one of the periods to declare, has not declared it and was not reminded of it. Nobody, at no cost, where none is due. */
export async function lockNextToRemind(tx: EntityManager, { after, limit }: WalkFrom, due: readonly DuePeriod[]): Promise<Account[]> {
  if (due.length === 0) return [];
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM account a
     WHERE account > $1 AND opened_on IS NOT NULL AND (regime = 'micro-social' OR told ? 'statuses') AND ${goesOn}
       AND EXISTS (
         SELECT FROM json_to_recordset($3) AS d (rhythm text, period text, reminder text)
         WHERE d.rhythm = coalesce((SELECT c.rhythm FROM turnover_choice c WHERE c.account = a.account AND c.from_year <= left(d.period, 4)::int
                                    ORDER BY c.from_year DESC LIMIT 1), 'quarterly')
           AND NOT EXISTS (SELECT FROM turnover t WHERE t.account = a.account AND t.year = left(d.period, 4)::int AND t.period = d.period)
           AND NOT EXISTS (SELECT FROM outgoing_message m WHERE m.account = a.account AND m.kind = d.reminder))
     ORDER BY account LIMIT $2 FOR UPDATE`,
    [after, limit, JSON.stringify(due)],
  );
  return [...opened(rows).values()];
}

/** The next open accounts that declare turnovers, or have in some year, locked. */
export async function lockNextOfMicro(tx: EntityManager, { after, limit }: WalkFrom): Promise<Account[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM account WHERE account > $1 AND opened_on IS NOT NULL AND (regime = 'micro-social' OR told ? 'statuses')
       AND ${goesOn} ORDER BY account LIMIT $2 FOR UPDATE`,
    [after, limit],
  );
  return [...opened(rows).values()];
}

/** Whose collaborating spouses these are, whether their own account is open yet or not; who is nobody's is absent. */
export async function collaborationsOf(tx: EntityManager, spouses: readonly string[]): Promise<Map<string, Collaboration[]>> {
  const rows: { account: string; collaborations: Parameters<typeof collaborationOf>[0][] }[] = await tx.query(
    `SELECT account, told->'collaborations' AS collaborations FROM account WHERE account = ANY($1) AND told ? 'collaborations'`,
    [spouses],
  );
  return new Map(rows.map(({ account, collaborations }) => [account, collaborations.map(collaborationOf)]));
}

/** Kept in the spouse's row, which the caller has locked: their account may be opened later. */
export async function saveCollaborations(tx: EntityManager, spouse: string, collaborations: readonly Collaboration[]): Promise<void> {
  await tx.query(`UPDATE account SET told = told || jsonb_build_object('collaborations', $2::jsonb) WHERE account = $1`, [
    spouse,
    JSON.stringify(collaborations),
  ]);
}

export async function saveAccounts(tx: EntityManager, accounts: readonly Account[]): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query(
    `UPDATE account a SET professional_group = n.professional_group, regime = n.regime, started_on = n.started_on, ended_on = n.ended_on,
       opened_on = n.opened_on, periodicity = n.periodicity, day_changed_in = n.day_changed_in, told = n.told
     FROM json_to_recordset($1) AS n (account text, professional_group text, regime text, started_on date, ended_on date, opened_on date,
       periodicity text, day_changed_in smallint, told jsonb)
     WHERE a.account = n.account`,
    [
      JSON.stringify(
        accounts.map(({ account, group, regime, startedOn, endedOn, openedOn, periodicity, dayChangedIn, told }) => ({
          ...{ account, professional_group: group, regime, started_on: startedOn, ended_on: endedOn, opened_on: openedOn },
          ...{ periodicity, day_changed_in: dayChangedIn, told: JSON.parse(toldText(told)) as object },
        })),
      ),
    ],
  );
}
