import type { ServiceContext } from '@isu/chassis';
import { together } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import type { SourceOfLines } from '../batches/batch.table.js';
import type { Failpoints } from '../failpoints.js';
import { LineKeeper } from '../placing/line-keeper.js';
import type { LinePlacer } from '../placing/line-placer.js';
import { placeLines, type KnownMoney } from '../placing/place-lines.js';
import type { OutcomeRuns } from '../placing/outcome.js';
import { lineIds } from './line-ids.js';
import type { StagedLine } from './money-line.js';
import { findContents, findKnownAccounts, findPaymentsNamed, lockMoney, namesIn, namesReversed } from './payment.table.js';
import { findWaiting } from './reversal.table.js';

/** Payments and what takes them back, of partners and of banks. */
export class MoneyPlacer implements LinePlacer {
  private readonly keeper: LineKeeper;

  constructor(
    context: Pick<ServiceContext, 'facts' | 'clock'>,
    private readonly failpoints: Failpoints,
    private readonly newId: () => string = lineIds(() => context.clock.now().getTime()),
  ) {
    this.keeper = new LineKeeper({ facts: context.facts, clock: context.clock, newId });
  }

  async place(tx: EntityManager, batch: SourceOfLines, lines: readonly StagedLine[]): Promise<OutcomeRuns> {
    const [, contents] = await together(lockMoney(tx), findContents(tx, batch.partner, lines.map(({ record }) => record.reference))); // prettier-ignore
    const known = await this.knownOf(tx, { ...batch, contents }, lines);
    await this.failpoints.reach('deduplicated');
    const { partner, flow, name, correlation } = batch;
    const placed = placeLines(lines, known, { partner, flow, batch: name, correlation, newId: this.newId });
    await this.keeper.keep(tx, batch, placed, known.accounts);
    return placed.outcomes;
  }

  private async knownOf(
    tx: EntityManager,
    { partner, contents }: Pick<SourceOfLines, 'partner'> & Pick<KnownMoney, 'contents'>,
    lines: readonly StagedLine[],
  ): Promise<KnownMoney> {
    const payments = await findPaymentsNamed(tx, partner, namesIn(lines, contents));
    const accounts = lines.flatMap(({ record }) => ('account' in record ? [record.account] : []));
    const tellings = payments.flatMap((payment) => payment.tellings.map(({ reference }) => reference));
    const [known, waiting] = await together(
      findKnownAccounts(tx, [...new Set([...accounts, ...payments.map(({ account }) => account)])]),
      findWaiting(tx, [...namesReversed(lines), ...tellings]),
    );
    return { payments, contents, accounts: known, waiting };
  }
}
