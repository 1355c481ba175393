import { toldAmountOf, type AllocationRecord, type BalanceRecord, type OutgoingRecord } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Pool } from 'pg';
import type { ReceivedBatch } from './received-batch.js';

const schema = `
  CREATE TABLE IF NOT EXISTS told_batch (flow text, number integer, business_date date NOT NULL, digest text NOT NULL, receipt text NOT NULL, PRIMARY KEY (flow, number));
  -- Who is insured, what each year asks for, which debts money paid, and what lateness costs: as the other side told it.
  CREATE TABLE IF NOT EXISTS known_account (account text PRIMARY KEY, ended_on date);
  CREATE TABLE IF NOT EXISTS assessment (account text, year integer, version integer, lines json NOT NULL, PRIMARY KEY (account, year, version));
  CREATE TABLE IF NOT EXISTS allocation (reference text PRIMARY KEY, account text NOT NULL, payment text NOT NULL, event text NOT NULL, lines json NOT NULL);
  -- Our own reference of the money that a payment of theirs is, where they said it.
  ALTER TABLE allocation ADD COLUMN IF NOT EXISTS partner_reference text;
  CREATE TABLE IF NOT EXISTS surcharge (reference text PRIMARY KEY, account text NOT NULL, event text NOT NULL, lines json NOT NULL);
  -- Accounts that we are told to know nothing of.
  CREATE TABLE IF NOT EXISTS stranger (account text PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS balances_batch (
    number integer PRIMARY KEY, business_date date NOT NULL, digest text NOT NULL, content text NOT NULL, state text NOT NULL, problem text, receipt text);`;

/** What became of one line, in the words of a receipt. */
export interface LineTaken {
  readonly outcome: 'posted' | 'refused';
  readonly reason?: string;
  readonly total: Money;
}

export interface KeptBalances {
  readonly number: number;
  readonly businessDate: string;
  readonly digest: string;
  readonly content: string;
  readonly state: 'ready' | 'refused' | 'acknowledged';
  readonly problem: string | null;
}

/** What the other side told us and what our books say with it: called by assessment and surcharge, paid by its placing of the money that we banked. */
export class ToldBooks {
  constructor(private readonly pool: Pool) {}

  async open(): Promise<void> {
    await this.pool.query(schema);
  }

  async told(): Promise<{ flow: string; number: number; businessDate: string; digest: string; receipt: string }[]> {
    const { rows } = await this.pool.query(
      `SELECT flow, number, business_date::text AS "businessDate", digest, receipt FROM told_batch ORDER BY flow, number`,
    );
    return rows as never;
  }

  /** Each line is taken into the books or refused; all of it, and the receipt, at once. */
  async take({ header, records, digest }: ReceivedBatch, receiptOf: (taken: readonly LineTaken[]) => string): Promise<string> {
    const strangers = await this.strangers();
    const taken = records.map((record): LineTaken => {
      const total = toldAmountOf(record);
      return strangers.has(record.account) ? { outcome: 'refused', reason: 'account-unknown', total } : { outcome: 'posted', total };
    });
    const receipt = receiptOf(taken);
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      for (const [at, record] of records.entries())
        if (taken[at]?.outcome === 'posted') for (const { sql, values } of entriesOf(record)) await client.query(sql, [...values]);
      await client.query('INSERT INTO told_batch VALUES ($1, $2, $3, $4, $5)', [
        header.flow,
        header.number,
        header.businessDate,
        digest,
        receipt,
      ]);
      await client.query('COMMIT');
    } catch (fault) {
      await client.query('ROLLBACK');
      throw fault;
    } finally {
      client.release();
    }
    return receipt;
  }

  /** A batch that they have lost: its number is taken, nothing is entered and nobody waits for its receipt. */
  async passOver(flow: string, { number, businessDate, digest }: { number: number; businessDate: string; digest: string }): Promise<void> {
    await this.pool.query(`INSERT INTO told_batch VALUES ($1, $2, $3, $4, '')`, [flow, number, businessDate, digest]);
  }

  /** Yesterday's backup: what we were told after that day is told again, and acknowledged as it was. */
  async restore(asOf: string): Promise<void> {
    await this.pool.query('DELETE FROM told_batch WHERE business_date > $1', [asOf]);
    await this.pool.query('DELETE FROM balances_batch WHERE business_date > $1', [asOf]);
  }

  async strangers(): Promise<Set<string>> {
    return new Set((await this.pool.query<{ account: string }>('SELECT account FROM stranger')).rows.map(({ account }) => account));
  }

  /** From now on we know nothing of that account, or know of it again. */
  async makeStranger(account: string, isStranger: boolean): Promise<void> {
    await this.pool.query(
      isStranger ? 'INSERT INTO stranger VALUES ($1) ON CONFLICT DO NOTHING' : 'DELETE FROM stranger WHERE account = $1',
      [account],
    );
  }

  /** Our books on the evening of a day, contribution by contribution; `credit` is the money banked that was placed on nothing. */
  async balances(day: string): Promise<BalanceRecord[]> {
    const { rows } = await this.pool.query<Omit<BalanceRecord, 'type' | 'remaining'>>(
      `WITH called AS (
         SELECT account, year, line->>'code' AS code, (line->>'amount')::numeric AS called
           FROM (SELECT DISTINCT ON (account, year) account, year, lines FROM assessment ORDER BY account, year, version DESC) a, json_array_elements(lines) line
         UNION ALL
         SELECT account, (line->>'year')::int, line->>'code', sum((line->>'amount')::numeric * CASE event WHEN 'surcharge-charged' THEN 1 ELSE -1 END)
           FROM surcharge, json_array_elements(lines) line GROUP BY 1, 2, 3),
       paid AS (
         SELECT account, (line->>'year')::int AS year, line->>'code' AS code,
                sum((line->>'amount')::numeric * CASE event WHEN 'released' THEN -1 ELSE 1 END) AS paid
           FROM allocation a, json_array_elements(lines) line
          WHERE NOT EXISTS (SELECT FROM allocation r WHERE r.payment = a.payment AND r.event = 'reversed') GROUP BY 1, 2, 3),
       -- Two accounts of one person were made one: the money is where it is said to stand, whatever account it bore (S3).
       standing AS (
         SELECT DISTINCT ON (partner_reference) partner_reference AS reference, account FROM allocation a
          WHERE event = 'posted' AND partner_reference IS NOT NULL
            AND NOT EXISTS (SELECT FROM allocation r WHERE r.payment = a.payment AND r.event = 'reversed') ORDER BY partner_reference, a.reference DESC),
       banked AS (
         SELECT coalesce(s.account, record->>'account', (SELECT p.record->>'account' FROM movement p WHERE p.reference = m.record->>'reverses')) AS account,
                sum((record->>'amount')::numeric * CASE record->>'type' WHEN 'reversal' THEN -1 ELSE 1 END) AS amount
           FROM movement m LEFT JOIN standing s ON s.reference = coalesce(m.record->>'reverses', m.reference)
          WHERE banked_on <= $1 AND (s.account IS NOT NULL AND m.reference = m.record->>'reverses' || '${returnSuffix}') IS NOT TRUE GROUP BY 1),
       credit AS (
         SELECT b.account, b.amount - coalesce((SELECT sum(p.paid) FROM paid p WHERE p.account = b.account), 0) AS paid FROM banked b
          WHERE b.account IS NOT NULL)
       SELECT account, year, code, coalesce(called, 0)::text AS called, coalesce(paid, 0)::text AS paid FROM called FULL JOIN paid USING (account, year, code)
        WHERE coalesce(called, 0) <> 0 OR coalesce(paid, 0) <> 0
       UNION ALL
       SELECT account, $2::int, 'credit', '0', paid::text FROM credit WHERE paid <> 0
       ORDER BY 1, 2, 3`,
      [day, Number(day.slice(0, 4))],
    );
    return rows.map(({ account, year, code, called, paid }) => {
      const [owed, held] = [Money.of(called), Money.of(paid)];
      return {
        type: 'balance',
        account,
        year,
        code,
        called: owed.toString(),
        paid: held.toString(),
        remaining: owed.minus(held).toString(),
      };
    });
  }

  async balancesBatches(): Promise<KeptBalances[]> {
    const { rows } = await this.pool.query<KeptBalances>(
      `SELECT number, business_date::text AS "businessDate", digest, content, state, problem FROM balances_batch ORDER BY number`,
    );
    return rows;
  }

  async keepBalances({
    number,
    businessDate,
    digest,
    content,
  }: Pick<KeptBalances, 'number' | 'businessDate' | 'digest' | 'content'>): Promise<void> {
    await this.pool.query(`INSERT INTO balances_batch VALUES ($1, $2, $3, $4, 'ready')`, [number, businessDate, digest, content]);
  }

  async markBalances(number: number, said: { state: KeptBalances['state']; problem?: string; receipt?: string }): Promise<void> {
    await this.pool.query('UPDATE balances_batch SET state = $2, problem = $3, receipt = $4 WHERE number = $1', [
      ...[number, said.state, said.problem ?? null, said.receipt ?? null],
    ]);
  }
}

interface Entry {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What a line changes in the books. Said again, it changes nothing. */
function entriesOf(record: OutgoingRecord): Entry[] {
  const { account, reference } = record;
  switch (record.type) {
    case 'affiliation': {
      const endedOn = record.event === 'ended' ? record['on'] : null;
      const sql =
        'INSERT INTO known_account VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET ended_on = coalesce(excluded.ended_on, known_account.ended_on)';
      return [{ sql, values: [account, endedOn] }];
    }
    case 'assessment':
      return [
        {
          sql: 'INSERT INTO assessment VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
          values: [account, record.year, record.version, JSON.stringify(record.lines)],
        },
      ];
    case 'allocation':
      return [
        ...bankedBefore(record),
        {
          sql: 'INSERT INTO allocation VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
          values: [reference, account, record.payment, record.event, JSON.stringify(record.lines), record.partnerReference ?? null],
        },
        ...returnedBefore(record),
      ];
    case 'recovery':
      return [
        {
          sql: 'INSERT INTO surcharge VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
          values: [reference, account, record.event, JSON.stringify(record.lines)],
        },
      ];
    // We asked for no more: what is due when, and on which income, our books do not need.
    case 'schedule':
    case 'recorded-income':
      return [];
  }
}

/**
 * A payment under a reference of ours that our books lack: told before they begin, in a batch of which we have only the receipt. The bank
 * holds it, and it is read from there. One of later days would be somebody's invention, and is not taken.
 */
function bankedBefore({ account, toldBy, partnerReference, amount, valueOn, means }: AllocationRecord): Entry[] {
  if (toldBy !== 'urssaf' || partnerReference === undefined) return [];
  const record = { type: 'payment', reference: partnerReference, account, amount, valueOn, means };
  const sql = `WITH begun AS (SELECT number FROM batch WHERE content IS NULL AND business_date >= $3 ORDER BY number LIMIT 1),
     line AS (INSERT INTO bank_line (reference, record, banked_on) SELECT $1, $2, $3 FROM begun ON CONFLICT DO NOTHING RETURNING reference, record, banked_on, rank)
     INSERT INTO movement SELECT line.*, begun.number FROM line, begun ON CONFLICT DO NOTHING`;
  return [{ sql, values: [partnerReference, JSON.stringify(record), valueOn] }];
}

/** The return that we read from the bank is named after its payment. */
const returnSuffix = '/retour';

/** Of such a payment the return too was told before our books begin, and is read from the bank; one that our books hold themselves is there already. */
function returnedBefore({ event, payment }: AllocationRecord): Entry[] {
  if (event !== 'reversed') return [];
  const sql = `WITH paid AS (
       SELECT m.reference, m.record, m.banked_on, m.batch FROM allocation a
         JOIN movement m ON m.reference = a.partner_reference JOIN batch b ON b.number = m.batch AND b.content IS NULL
        WHERE a.payment = $1 AND a.event = 'posted'
          AND NOT EXISTS (SELECT FROM movement r WHERE r.record->>'reverses' = m.reference)),
     line AS (
       INSERT INTO bank_line (reference, record, banked_on)
       SELECT reference || '${returnSuffix}',
              json_build_object('type', 'reversal', 'reference', reference || '/retour', 'reverses', reference,
                                'amount', record->>'amount', 'valueOn', banked_on, 'reason', 'avant nos livres'), banked_on
         FROM paid ON CONFLICT DO NOTHING RETURNING reference, record, banked_on, rank)
     INSERT INTO movement SELECT line.*, paid.batch FROM line, paid ON CONFLICT DO NOTHING`;
  return [{ sql, values: [payment] }];
}
