import { Money, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AccountKind } from './chart.js';
import { postAll, type Booked } from './post.js';
import { LedgerRefusal } from './refusal.js';
import type { CorrectingTransaction, Posting } from './transaction.js';

/** Undoes an earlier transaction; to put another one in its place is a further act with a key of its own. */
export interface Reversal {
  readonly key: string;
  /** The key of the transaction to undo. */
  readonly corrects: string;
  readonly reason: string;
  readonly effectiveOn: Day;
}

interface Original {
  holder: string;
  entry: number;
  key: string;
  correctedBy: string | null;
  postings: Posting[];
}

/** Writes the same postings the other way round, once for each transaction; refuses what is unknown or already undone. */
export async function reverseAll(tx: EntityManager, clock: BusinessClock, reversals: readonly Reversal[]): Promise<Booked[]> {
  if (reversals.length === 0) return [];
  const originals = await loadOriginals(
    tx,
    reversals.map(({ corrects }) => corrects),
  );
  const corrections = reversals.map((reversal) => reversalOf(reversal, originals.get(reversal.corrects)));
  return postAll(tx, clock, corrections).catch((fault: { constraint?: string }) => {
    // Someone undid it between our reading and our lock on the book.
    if (fault.constraint === 'ledger_transaction_corrected') throw new LedgerRefusal('already-corrected', {});
    throw fault;
  });
}

function reversalOf({ key, corrects, reason, effectiveOn }: Reversal, original: Original | undefined): CorrectingTransaction {
  if (!original) throw new LedgerRefusal('nothing-to-correct', { corrects });
  const { holder, entry, correctedBy } = original;
  if (correctedBy !== null && correctedBy !== key) throw new LedgerRefusal('already-corrected', { corrects, correctedBy });
  const postings = original.postings.map(({ from, to, amount }) => ({ from: to, to: from, amount }));
  return { holder, key, reason, effectiveOn, postings, corrects: entry };
}

interface PostingRow {
  holder: string;
  entry: number;
  key: string;
  correctedBy: string | null;
  fromKind: AccountKind;
  fromYear: number | null;
  fromCode: string | null;
  toKind: AccountKind;
  toYear: number | null;
  toCode: string | null;
  amount: string;
}

async function loadOriginals(tx: EntityManager, keys: readonly string[]): Promise<Map<string, Original>> {
  const rows: PostingRow[] = await tx.query(
    `SELECT k.holder, k.entry, k.key, c.key AS "correctedBy", p.from_kind AS "fromKind", p.from_year AS "fromYear",
       p.from_code AS "fromCode", p.to_kind AS "toKind", p.to_year AS "toYear", p.to_code AS "toCode", p.amount
     FROM ledger_key k
     JOIN ledger_posting p ON (p.holder, p.entry) = (k.holder, k.entry)
     LEFT JOIN ledger_transaction c ON (c.holder, c.corrects) = (k.holder, k.entry)
     WHERE k.key = ANY($1) ORDER BY k.key, p.line`,
    [keys],
  );
  const originals = new Map<string, Original>();
  for (const { holder, entry, key, correctedBy, ...row } of rows) {
    const original = originals.get(key) ?? { holder, entry, key, correctedBy, postings: [] };
    original.postings.push({
      from: { kind: row.fromKind, year: row.fromYear, code: row.fromCode },
      to: { kind: row.toKind, year: row.toYear, code: row.toCode },
      amount: Money.of(row.amount),
    });
    originals.set(key, original);
  }
  return originals;
}
