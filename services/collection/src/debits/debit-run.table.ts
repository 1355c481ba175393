import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** The debits of a due date, and how far their presentation has come. */
export interface DebitRun {
  readonly dueOn: Day;
  /** Every account up to this one has been looked at. */
  readonly doneThrough: string;
  readonly seen: number;
  readonly presented: number;
  readonly amount: Money;
  /** How many messages were written. */
  readonly messages: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

type Row = Omit<DebitRun, 'dueOn' | 'amount'> & { readonly dueOn: string; readonly amount: string };
const columns = `due_on::text AS "dueOn", done_through AS "doneThrough", seen, presented, amount, messages, started_at AS "startedAt", ended_at AS "endedAt"`;
const runOf = ({ dueOn, amount, ...row }: Row): DebitRun => ({ ...row, dueOn: Day.of(dueOn), amount: Money.of(amount) });

export async function findDebitRun(tx: Reading, dueOn: Day): Promise<DebitRun | undefined> {
  const [row]: Row[] = await tx.query(`SELECT ${columns} FROM debit_run WHERE due_on = $1`, [dueOn.iso]);
  return row && runOf(row);
}

/** Of a due date of which nothing is to be debited. */
export const emptyRun = (dueOn: Day, at: Date): DebitRun => ({
  ...{ dueOn, doneThrough: '', seen: 0, presented: 0, amount: Money.zero, messages: 0, startedAt: at, endedAt: at },
});

/** The run of that due date: gone on with where it was left, or begun; one that had ended walks again, for what has come since. */
export async function beginDebitRun(tx: Reading, dueOn: Day, at: Date): Promise<DebitRun> {
  const [row]: Row[] = await tx.query(
    `INSERT INTO debit_run AS r (due_on, started_at) VALUES ($1, $2)
     ON CONFLICT (due_on) DO UPDATE SET done_through = CASE WHEN r.ended_at IS NULL THEN r.done_through ELSE '' END, ended_at = NULL
     RETURNING ${columns}`,
    [dueOn.iso, at],
  );
  if (!row) throw new Error('A run that begins is there.');
  return runOf(row);
}

export async function saveDebitRun(tx: Reading, run: DebitRun): Promise<void> {
  const { dueOn, doneThrough, seen, presented, amount, messages, endedAt } = run;
  await tx.query(
    `UPDATE debit_run SET done_through = $2, seen = $3, presented = $4, amount = $5, messages = $6, ended_at = $7 WHERE due_on = $1`,
    [dueOn.iso, doneThrough, seen, presented, amount.toString(), messages, endedAt],
  );
}

interface Counted {
  readonly count: number;
  readonly amount: string;
}

/** What became of a due date's debits, by sequence, by obstacle, by the reason and outcome of what came back. */
export interface DebitCounts {
  readonly bySequence: readonly (Counted & { readonly sequence: string; readonly settled: number })[];
  readonly notDebited: readonly (Counted & { readonly obstacle: string })[];
  readonly returned: readonly (Counted & { readonly reason: string; readonly moment: string; readonly outcome: string })[];
}

export async function countDebits(tx: Reading, dueOn: Day): Promise<DebitCounts> {
  const rows: (Counted & { sequence: string; settled: number; reason: string | null; moment: string; outcome: string })[] = await tx.query(
    `SELECT sequence, reason, moment, outcome, count(*)::int AS count, sum(amount)::text AS amount, count(settled_on)::int AS settled
     FROM debit WHERE message_id IN (SELECT message_id FROM bank_message WHERE due_on = $1)
     GROUP BY sequence, reason, moment, outcome ORDER BY sequence, reason, moment, outcome`,
    [dueOn.iso],
  );
  const bySequence = new Map<string, Counted & { sequence: string; settled: number }>();
  for (const { sequence, count, amount, settled } of rows) {
    const before = bySequence.get(sequence) ?? { sequence, count: 0, amount: '0', settled: 0 };
    const sum = Money.of(before.amount).plus(Money.of(amount)).toString();
    bySequence.set(sequence, { sequence, count: before.count + count, amount: sum, settled: before.settled + settled });
  }
  const returned = new Map<string, Counted & { reason: string; moment: string; outcome: string }>();
  for (const { reason, moment, outcome, count, amount } of rows) {
    if (reason === null) continue;
    const key = [reason, moment, outcome].join(' ');
    const before = returned.get(key) ?? { reason, moment, outcome, count: 0, amount: '0' };
    returned.set(key, { ...before, count: before.count + count, amount: Money.of(before.amount).plus(Money.of(amount)).toString() });
  }
  return {
    bySequence: [...bySequence.values()],
    notDebited: await tx.query(
      `SELECT obstacle, count(*)::int AS count, sum(amount)::text AS amount FROM not_debited WHERE due_on = $1 GROUP BY obstacle ORDER BY obstacle`,
      [dueOn.iso],
    ),
    returned: [...returned.values()],
  };
}
