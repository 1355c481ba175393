import type { MoneyRecord } from '@isu/contracts';
import type { Pool } from 'pg';
import type { Misbehaviour } from './misbehaviours.js';

/** What stands in the simulated Urssaf's own database. */
const schema = `
  -- What its banks hold for it: it can always be read again, whatever happened to the books.
  CREATE TABLE IF NOT EXISTS bank_line (reference text PRIMARY KEY, record json NOT NULL, banked_on date NOT NULL, rank bigserial);
  CREATE TABLE IF NOT EXISTS movement (reference text PRIMARY KEY, record json NOT NULL, banked_on date NOT NULL, rank bigint NOT NULL, batch integer);
  CREATE TABLE IF NOT EXISTS batch (
    number integer PRIMARY KEY, business_date date NOT NULL, digest text NOT NULL,
    -- Null for one that it told before its books were restored, and of which it has only the receipt; and for one that is lost for good.
    content text,
    misbehaviour json, state text NOT NULL, problem text, receipt text);`;

/** `ready`: to be sent. `withheld`: written, and lost or held back on command. `refused`: the other side said no. */
export type BatchState = 'ready' | 'withheld' | 'refused' | 'acknowledged';

export interface KeptBatch {
  readonly number: number;
  readonly businessDate: string;
  readonly digest: string;
  readonly content: string | null;
  readonly misbehaviour: Misbehaviour | null;
  readonly state: BatchState;
  /** What the other side said last, when it was not a receipt. */
  readonly problem: string | null;
  readonly receipt: string | null;
}

/** One payment or reversal in the books, and the batch that told of it. */
export interface Movement {
  readonly record: MoneyRecord;
  readonly bankedOn: string;
  readonly batch: number | null;
}

const columns = `number, business_date::text AS "businessDate", digest, content, misbehaviour, state, problem, receipt`;

/** Urssaf's own books: what was banked, what was told, what was acknowledged. Nobody else reads or writes them. */
export class Books {
  constructor(private readonly pool: Pool) {}

  async open(): Promise<void> {
    await this.pool.query(schema);
  }

  /** The bank holds the money from now on, and the books know. The same reference again changes nothing. */
  async bank(record: MoneyRecord, bankedOn: string): Promise<void> {
    await this.pool.query(
      `WITH line AS (
         INSERT INTO bank_line (reference, record, banked_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING reference, record, banked_on, rank)
       INSERT INTO movement SELECT * FROM line ON CONFLICT (reference) DO NOTHING`,
      [record.reference, JSON.stringify(record), bankedOn],
    );
  }

  /** Takes from the bank all that the books do not have. */
  async readBank(): Promise<void> {
    await this.pool.query(
      'INSERT INTO movement SELECT reference, record, banked_on, rank FROM bank_line ON CONFLICT (reference) DO NOTHING',
    );
  }

  async movements(): Promise<Movement[]> {
    const { rows } = await this.pool.query<Movement>(`SELECT record, banked_on::text AS "bankedOn", batch FROM movement ORDER BY rank`);
    return rows;
  }

  async untold(): Promise<MoneyRecord[]> {
    return (await this.movements()).filter(({ batch }) => batch === null).map(({ record }) => record);
  }

  async batches(): Promise<KeptBatch[]> {
    return (await this.pool.query<KeptBatch>(`SELECT ${columns} FROM batch ORDER BY number`)).rows;
  }

  /** A batch, and which movements it tells of, at once. */
  async keepBatch(batch: Omit<KeptBatch, 'problem' | 'receipt'>, told: readonly MoneyRecord[]): Promise<void> {
    const { number, businessDate, digest, content, misbehaviour, state } = batch;
    await this.pool.query(
      `WITH kept AS (
         INSERT INTO batch (number, business_date, digest, content, misbehaviour, state) VALUES ($1, $2, $3, $4, $5, $6) RETURNING number)
       UPDATE movement SET batch = kept.number FROM kept WHERE reference = ANY($7)`,
      [number, businessDate, digest, content, misbehaviour && JSON.stringify(misbehaviour), state, told.map(({ reference }) => reference)],
    );
  }

  async mark(number: number, { state, problem, receipt }: Pick<KeptBatch, 'state'> & Partial<KeptBatch>): Promise<void> {
    await this.pool.query('UPDATE batch SET state = $2, problem = $3, receipt = coalesce($4, receipt) WHERE number = $1', [
      number,
      state,
      problem ?? null,
      receipt ?? null,
    ]);
  }

  /** The batch was never ours to number: what it told is told again under another. */
  async withdraw(number: number): Promise<void> {
    await this.pool.query('UPDATE movement SET batch = NULL WHERE batch = $1', [number]);
    await this.pool.query('DELETE FROM batch WHERE number = $1', [number]);
  }

  /** A batch that we told before our books were restored, known by its receipt. */
  async adopt({ number, businessDate, digest, receipt }: Pick<KeptBatch, 'number' | 'businessDate' | 'digest' | 'receipt'>): Promise<void> {
    await this.pool.query(
      `INSERT INTO batch (number, business_date, digest, state, receipt) VALUES ($1, $2, $3, 'acknowledged', $4) ON CONFLICT DO NOTHING`,
      [number, businessDate, digest, receipt],
    );
  }

  /** Yesterday's backup: what was banked and told after that day is gone from the books. The bank keeps what it has. */
  async restore(asOf: string): Promise<void> {
    await this.pool.query('DELETE FROM movement WHERE banked_on > $1', [asOf]);
    await this.pool.query('DELETE FROM batch WHERE business_date > $1', [asOf]);
  }
}
