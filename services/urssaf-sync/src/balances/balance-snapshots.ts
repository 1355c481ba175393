import type { BalanceRecord } from '@isu/contracts';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Batch } from '../batches/batch.table.js';
import type { Failpoints } from '../failpoints.js';
import type { StagedLine } from '../payments/money-line.js';
import { findKnownAccounts } from '../payments/payment.table.js';
import type { LinePlacer } from '../placing/line-placer.js';
import { OutcomeRuns, type Outcome } from '../placing/outcome.js';
import { findSaid, insertBalances, keepLatestSnapshot, keyOf, type PartnerBalance } from './partner-balance.table.js';

type BalanceLine = Omit<BalanceRecord, 'type'>;
type StagedBalance = StagedLine<BalanceLine>;

/** What balances may bear on: what the snapshot said before, and whose account it is. */
interface KnownBalances {
  readonly said: ReadonlyMap<string, string>;
  readonly accounts: ReadonlySet<string>;
}

/** Keeps the latest snapshot of a partner's books, for the reconciliation to compare with ours. It moves nothing. */
export class BalanceSnapshots implements LinePlacer {
  constructor(private readonly failpoints: Failpoints) {}

  async place(tx: EntityManager, batch: Batch, lines: readonly StagedBalance[]): Promise<OutcomeRuns> {
    const records = lines.map(({ record }) => record);
    const known = {
      said: await findSaid(tx, batch, records),
      accounts: await findKnownAccounts(tx, [...new Set(records.map(({ account }) => account))]),
    };
    await this.failpoints.reach('deduplicated');
    const { balances, outcomes } = placeBalances(lines, known);
    await insertBalances(tx, batch, balances);
    return outcomes;
  }

  async finish(tx: EntityManager, batch: Batch): Promise<void> {
    await keepLatestSnapshot(tx, batch);
  }
}

/** Decides what becomes of each balance, in order. */
export function placeBalances(
  lines: readonly StagedBalance[],
  { said, accounts }: KnownBalances,
): { balances: readonly PartnerBalance[]; outcomes: OutcomeRuns } {
  const [contents, balances, outcomes] = [new Map(said), [] as PartnerBalance[], new OutcomeRuns()];
  for (const { line, content, record } of lines) {
    const met = outcomeOf(record, { content, kept: contents.get(keyOf(record)), isKnown: accounts.has(record.account) });
    outcomes.add(line, met, Money.of(record.remaining));
    if (met.outcome !== 'posted' && met.outcome !== 'to-be-matched') continue;
    contents.set(keyOf(record), content);
    const { account, year, code, called, paid } = record;
    balances.push({ account, year, code, called, paid, content });
  }
  return { balances, outcomes };
}

function outcomeOf(
  { called, paid, remaining }: BalanceLine,
  { content, kept, isKnown }: { content: string; kept: string | undefined; isKnown: boolean },
): { outcome: Outcome; reason?: string } {
  if (kept === content) return { outcome: 'duplicate', reason: 'same-balance' };
  if (kept !== undefined) return { outcome: 'conflict', reason: 'balance-said-otherwise' };
  if (!Money.of(called).minus(Money.of(paid)).equals(Money.of(remaining))) return { outcome: 'refused', reason: 'remaining-differs' };
  return isKnown ? { outcome: 'posted' } : { outcome: 'to-be-matched', reason: 'account-unknown' };
}
