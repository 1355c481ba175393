import type { ChainedJournal, SealedJournal } from '@isu/chassis';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';

export const exchangeActs = [
  ...(['batch-accepted', 'batch-repeated', 'batch-refused', 'batch-conflict', 'receipt-signed'] as const),
  ...(['resend-requested', 'batch-sent', 'receipt-received', 'number-given-up'] as const),
] as const;

/** Something that crossed between the two organisations. */
export interface Exchange {
  readonly act: (typeof exchangeActs)[number];
  readonly partner: string;
  readonly flow: string;
  /** Null when nothing readable says it, and for files that bear none. */
  readonly number: number | null;
  /** Of the batch; of a refused file, of all its bytes; of a receipt, of its own bytes. */
  readonly digest: string | null;
  /** What was decided, in a few words for programs: `accepted`, the codes of a refusal, the numbers asked for. */
  readonly outcome: string;
  readonly correlation: string;
}

export interface ExchangeEntry extends Exchange {
  readonly id: string;
  readonly recordedAt: string;
  readonly wallAt: string;
  /** The partner for what came in, `isu` for what we said. */
  readonly actor: string;
}

const ours: ReadonlySet<Exchange['act']> = new Set(['receipt-signed', 'resend-requested', 'batch-sent', 'number-given-up']);

/** Enters what happened, in the transaction in which it happens. Its link in the chain is made by a worker, as for the access journal. */
export async function recordExchange(
  tx: Pick<EntityManager, 'query'>,
  clock: BusinessClock,
  { act, partner, flow, number, digest, outcome, correlation }: Exchange,
): Promise<void> {
  const actor = ours.has(act) ? 'isu' : partner;
  await tx.query(
    `WITH entry AS (
       INSERT INTO exchange_journal (recorded_at, wall_at, actor, act, partner, flow, number, digest, outcome, correlation)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id)
     INSERT INTO exchange_unsealed SELECT id FROM entry`,
    [clock.recordedAt(), clock.now().toISOString(), actor, act, partner, flow, number, digest, outcome.slice(0, 400), correlation],
  );
}

export const exchangeChain: ChainedJournal<ExchangeEntry> = {
  name: 'exchange',
  columns: `e.id, e.recorded_at AS "recordedAt", e.wall_at AS "wallAt", e.actor, e.act, e.partner, e.flow, e.number, e.digest, e.outcome, e.correlation`,
  /** The driver gives instants as `Date` and large numbers as text; an entry has them as they are hashed. */
  toEntry: (row) => {
    const { recordedAt, wallAt, number, ...rest } = row as Omit<ExchangeEntry, 'recordedAt' | 'wallAt' | 'number'> & {
      readonly recordedAt: Date;
      readonly wallAt: Date;
      readonly number: string | null;
    };
    return {
      ...rest,
      recordedAt: recordedAt.toISOString(),
      wallAt: wallAt.toISOString(),
      number: number === null ? null : Number(number),
    };
  },
};

/** For the worker that chains it. */
export const sealedExchanges: SealedJournal = {
  journal: exchangeChain,
  unsealed: 'isu_exchange_journal_unsealed',
  lagSeconds: 'isu_exchange_journal_lag_seconds',
};
