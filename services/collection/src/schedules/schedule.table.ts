import type { Means, Periodicity } from '@isu/contracts';
import { placeColumns, textFrom, textsBeside, together } from '@isu/messaging';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { asked, paid, type DebtLine, type Instalment, type Schedule } from './schedule.js';

/** A line as it is kept in its instalment: a calendar has hundreds, and their names would be more than half of what is read and written. */
type LineKept = readonly [year: number, code: string, amount: string, paid: string];

interface InstalmentRow {
  account: string;
  id: string;
  schedule: number;
  dueOn: string;
  means: Means;
  lines: LineKept[];
}

export const instalmentColumns = `i.account, i.id, i.year AS schedule, i.due_on::text AS "dueOn", i.means, i.lines`;

/** By their places, which makes no iterator a line. Of most lines nothing is paid, or all of it: one amount then, read once. */
function debtLineOf({ 0: year, 1: code, 2: owed, 3: already }: LineKept): DebtLine {
  const amount = Money.of(owed);
  return { year, code, amount, paid: already === owed ? amount : already === '0' ? Money.zero : Money.of(already) };
}

/** As `LineKept` in JSON, put together: codes and amounts need no escape. */
const linesText = ({ lines }: Pick<Instalment, 'lines'>): string =>
  `[${lines.map(({ year, code, amount, paid }) => `[${year},"${code}","${amount.toString()}","${paid.toString()}"]`).join()}]`;

export const instalmentOf = ({ id, schedule, dueOn, means, lines }: InstalmentRow): Instalment => ({
  ...{ id, schedule, means },
  dueOn: Day.of(dueOn),
  lines: lines.map(debtLineOf),
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

/**
 * Calendars in the place of those of the same account and civil year: of their due dates, only those that changed are written. In this order on
 * the connection, one behind the other: while the database takes one, the next is put into texts.
 */
export async function replaceSchedules(tx: EntityManager, issued: readonly ReplacedSchedule[]): Promise<void> {
  if (issued.length === 0) return;
  const { gone, changed, added } = movesOf(issued);
  await together(
    tx.query(
      `INSERT INTO schedule (account, year, version, periodicity, fact)
       SELECT account, year, version, periodicity, fact FROM json_populate_recordset(NULL::schedule, $1)
       ON CONFLICT (account, year) DO UPDATE SET version = excluded.version, periodicity = excluded.periodicity, fact = excluded.fact`,
      [JSON.stringify(issued.map(({ schedule }) => schedule))],
    ),
    deleteInstalments(tx, gone),
    updateInstalments(tx, changed),
    insertInstalments(tx, added),
  );
}

async function deleteInstalments(tx: EntityManager, gone: readonly OfAccount[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `DELETE FROM instalment i USING unnest($1::text[], $2::text[]) AS gone (account, id) WHERE (i.account, i.id) = (gone.account, gone.id)`,
    [gone.map(({ account }) => account), gone.map(({ instalment }) => instalment.id)],
  );
}

async function updateInstalments(tx: EntityManager, changed: readonly OfAccount[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE instalment i SET year = n.year, due_on = n.due_on, means = n.means, lines = ${textFrom('$2')}, amount = n.amount, paid = n.paid
     FROM json_to_recordset($1) AS n (${keptColumns}) WHERE (i.account, i.id) = (n.account, n.id)`,
    keptRows(changed),
  );
}

async function insertInstalments(tx: EntityManager, added: readonly OfAccount[]): Promise<void> {
  if (added.length === 0) return;
  await tx.query(
    `INSERT INTO instalment (account, id, year, due_on, means, lines, amount, paid)
     SELECT account, id, year, due_on, means, ${textFrom('$2')}, amount, paid FROM json_to_recordset($1) AS n (${keptColumns})`,
    keptRows(added),
  );
}

interface OfAccount {
  readonly account: string;
  readonly instalment: Instalment;
}

/** The due dates that go, those that stand otherwise, and those that come. */
function movesOf(issued: readonly ReplacedSchedule[]): Record<'gone' | 'changed' | 'added', OfAccount[]> {
  const moves = { gone: [] as OfAccount[], changed: [] as OfAccount[], added: [] as OfAccount[] };
  for (const { schedule, was, instalments } of issued) {
    const { account } = schedule;
    const before = new Map(was.map((instalment) => [instalment.id, instalment]));
    for (const instalment of instalments) {
      const earlier = before.get(instalment.id);
      if (earlier !== instalment) moves[earlier ? 'changed' : 'added'].push({ account, instalment });
      before.delete(instalment.id);
    }
    for (const instalment of before.values()) moves.gone.push({ account, instalment });
  }
  return moves;
}

const keptColumns = `account text, id text, year smallint, due_on date, means text, amount numeric, paid numeric, ${placeColumns}`;

function keptRows(instalments: readonly OfAccount[]): [rows: string, bytes: Buffer] {
  const { rows, bytes } = textsBeside(
    instalments,
    ({ instalment }) => linesText(instalment),
    ({ account, instalment }) => {
      const { id, schedule: year, dueOn, means } = instalment;
      return { account, id, year, due_on: dueOn.iso, means, amount: asked(instalment).toString(), paid: paid(instalment).toString() };
    },
  );
  return [JSON.stringify(rows), bytes];
}

/** What was paid on instalments that stay as they are. */
export async function saveWhatIsPaid(tx: EntityManager, changed: readonly OfAccount[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE instalment i SET lines = ${textFrom('$2')}, paid = n.paid
     FROM json_to_recordset($1) AS n (${keptColumns}) WHERE (i.account, i.id) = (n.account, n.id)`,
    keptRows(changed),
  );
}
