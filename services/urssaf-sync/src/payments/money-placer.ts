import type { ServiceContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { SourceOfLines } from '../batches/batch.table.js';
import type { Failpoints } from '../failpoints.js';
import { LineKeeper } from '../placing/line-keeper.js';
import type { LinePlacer } from '../placing/line-placer.js';
import { placeLines, type KnownMoney } from '../placing/place-lines.js';
import type { OutcomeRuns } from '../placing/outcome.js';
import type { StagedLine } from './money-line.js';
import { findContents, findKnownAccounts, findPaymentsNamed, lockMoney, namesIn, namesReversed } from './payment.table.js';
import { findWaiting } from './reversal.table.js';

/** Payments and what takes them back, of partners and of banks. */
export class MoneyPlacer implements LinePlacer {
  private readonly keeper: LineKeeper;

  constructor(
    context: Pick<ServiceContext, 'facts' | 'clock'>,
    private readonly failpoints: Failpoints,
    private readonly newId: () => string = v7,
  ) {
    this.keeper = new LineKeeper({ facts: context.facts, clock: context.clock, newId });
  }

  async place(tx: EntityManager, batch: SourceOfLines, lines: readonly StagedLine[]): Promise<OutcomeRuns> {
    await lockMoney(tx);
    const known = await this.knownOf(tx, batch, lines);
    await this.failpoints.reach('deduplicated');
    const { partner, flow, name, correlation } = batch;
    const placed = placeLines(lines, known, { partner, flow, batch: name, correlation, newId: this.newId });
    await this.keeper.keep(tx, batch, placed, known.accounts);
    return placed.outcomes;
  }

  private async knownOf(tx: EntityManager, { partner }: SourceOfLines, lines: readonly StagedLine[]): Promise<KnownMoney> {
    const references = lines.map(({ record }) => record.reference);
    const contents = await findContents(tx, partner, references);
    const payments = await findPaymentsNamed(tx, partner, namesIn(lines, contents));
    const accounts = lines.flatMap(({ record }) => ('account' in record ? [record.account] : []));
    const tellings = payments.flatMap((payment) => payment.tellings.map(({ reference }) => reference));
    return {
      payments,
      contents,
      accounts: await findKnownAccounts(tx, [...new Set([...accounts, ...payments.map(({ account }) => account)])]),
      waiting: await findWaiting(tx, [...namesReversed(lines), ...tellings]),
    };
  }
}
