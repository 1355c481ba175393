import type { Means, Periodicity } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { asked, paid, type DebtLine, type Instalment, type Schedule } from './schedule.js';

/** A line as it is kept in the JSON of its instalment. */
export interface LineText {
  year: number;
  code: string;
  amount: string;
  paid: string;
}

interface InstalmentRow {
  account: string;
  id: string;
  schedule: number;
  dueOn: string;
  means: Means;
  lines: LineText[];
}

export const instalmentColumns = `i.account, i.id, i.year AS schedule, i.due_on::text AS "dueOn", i.means, i.lines`;

/** Field by field: an account has hundreds of lines, and copying what is left of an object costs more than all the rest. */
const debtLineOf = ({ year, code, amount, paid: already }: LineText): DebtLine => ({
  year,
  code,
  amount: Money.of(amount),
  paid: Money.of(already),
});

/** As it is written: a text made here costs half of one that JSON asks each amount for. */
const lineTextOf = ({ year, code, amount, paid: already }: DebtLine): LineText => ({
  year,
  code,
  amount: amount.toString(),
  paid: already.toString(),
});

export const instalmentOf = ({ id, schedule, dueOn, means, lines }: InstalmentRow): Instalment => ({
  ...{ id, schedule, means },
  dueOn: Day.of(dueOn),
  lines: lines.map(debtLineOf),
});

export const rowOfInstalment = (account: string, instalment: Instalment) => ({
  account,
  id: instalment.id,
  year: instalment.schedule,
  due_on: instalment.dueOn,
  means: instalment.means,
  lines: instalment.lines.map(lineTextOf),
  amount: asked(instalment),
  paid: paid(instalment),
});

export function instalmentsByAccount(rows: readonly InstalmentRow[]): Map<string, Instalment[]> {
  const found = new Map<string, Instalment[]>();
  for (const row of rows) {
    const instalments = found.get(row.account);
    if (instalments) instalments.push(instalmentOf(row));
    else found.set(row.account, [instalmentOf(row)]);
  }
  return found;
}

/** A calendar that takes the place of another, with the due dates of both: one that stands is the same object. */
export interface ReplacedSchedule {
  readonly schedule: Schedule;
  readonly was: readonly Instalment[];
  readonly instalments: readonly Instalment[];
}

/** Every instalment in force, by account, by due date. */
export async function instalmentsInForce(
  tx: Pick<EntityManager, 'query'>,
  accounts: readonly string[],
): Promise<Map<string, Instalment[]>> {
  return instalmentsByAccount(
    await tx.query(`SELECT ${instalmentColumns} FROM instalment i WHERE account = ANY($1) ORDER BY account, due_on, id`, [accounts]),
  );
}

export async function schedulesInForce(
  tx: Pick<EntityManager, 'query'>,
  accounts: readonly string[],
): Promise<Map<string, Map<number, Schedule>>> {
  const rows: (Omit<Schedule, 'periodicity'> & { periodicity: Periodicity })[] = await tx.query(
    `SELECT account, year, version, periodicity, fact FROM schedule WHERE account = ANY($1) ORDER BY account, year`,
    [accounts],
  );
  const found = new Map<string, Map<number, Schedule>>();
  for (const row of rows) found.set(row.account, (found.get(row.account) ?? new Map<number, Schedule>()).set(row.year, row));
  return found;
}

/** Calendars in the place of those of the same account and civil year: of their due dates, only those that changed are written. */
export async function replaceSchedules(tx: EntityManager, issued: readonly ReplacedSchedule[]): Promise<void> {
  if (issued.length === 0) return;
  await tx.query(
    `INSERT INTO schedule (account, year, version, periodicity, fact)
     SELECT account, year, version, periodicity, fact FROM json_populate_recordset(NULL::schedule, $1)
     ON CONFLICT (account, year) DO UPDATE SET version = excluded.version, periodicity = excluded.periodicity, fact = excluded.fact`,
    [JSON.stringify(issued.map(({ schedule }) => schedule))],
  );
  const gone = issued.flatMap(({ schedule: { account }, was, instalments }) => {
    const kept = new Set(instalments.map(({ id }) => id));
    return was.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ account, id }));
  });
  if (gone.length > 0)
    await tx.query(
      `DELETE FROM instalment i USING unnest($1::text[], $2::text[]) AS gone (account, id) WHERE (i.account, i.id) = (gone.account, gone.id)`,
      [gone.map(({ account }) => account), gone.map(({ id }) => id)],
    );
  const changed = issued.flatMap(({ schedule: { account }, was, instalments }) => {
    const before = new Set(was);
    return instalments.filter((each) => !before.has(each)).map((each) => rowOfInstalment(account, each));
  });
  await tx.query(
    `INSERT INTO instalment (account, id, year, due_on, means, lines, amount, paid)
     SELECT account, id, year, due_on, means, lines, amount, paid FROM json_populate_recordset(NULL::instalment, $1)
     ON CONFLICT (account, id) DO UPDATE SET year = excluded.year, due_on = excluded.due_on, means = excluded.means,
       lines = excluded.lines, amount = excluded.amount, paid = excluded.paid`,
    [JSON.stringify(changed)],
  );
}

/** What was paid on instalments that stay as they are. */
export async function saveWhatIsPaid(tx: EntityManager, changed: readonly { account: string; instalment: Instalment }[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE instalment i SET lines = n.lines, paid = n.paid
     FROM json_to_recordset($1) AS n (account text, id text, lines json, paid numeric) WHERE (i.account, i.id) = (n.account, n.id)`,
    [
      JSON.stringify(
        changed.map(({ account, instalment }) => ({ account, id: instalment.id, lines: instalment.lines, paid: paid(instalment) })),
      ),
    ],
  );
}
