import { draft, type Fact, type FactDraft } from '@isu/contracts';
import type { ServiceContext } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { findOvertaken } from '../anomalies/contradictions.table.js';
import type { Batch } from '../batches/batch.table.js';
import { RejectedLines } from '../conflicts/rejected-lines.js';
import type { Failpoints } from '../failpoints.js';
import type { StagedLine } from '../payments/money-line.js';
import { findKnownAccounts, lockMoney } from '../payments/payment.table.js';
import type { LinePlacer } from '../placing/line-placer.js';
import type { OutcomeRuns } from '../placing/outcome.js';
import { findDeclarations, findWaitingDeclarations, insertDeclarations, markTold } from './declared-income.table.js';
import { declarationOf, type Declaration, type IncomeLine } from './income-line.js';
import { placeIncomes, type KnownIncomes } from './place-incomes.js';

/** Incomes that were declared, that the tax office knows, turnovers: one declaration for both organisations, told once (F70). */
export class DeclaredIncomes implements LinePlacer {
  private readonly rejected: RejectedLines;
  private readonly book: AnomalyBook;

  constructor(
    private readonly context: Pick<ServiceContext, 'facts' | 'clock'>,
    private readonly failpoints: Failpoints,
    newId: () => string = v7,
  ) {
    this.rejected = new RejectedLines({ ...context, newId });
    this.book = new AnomalyBook(context);
  }

  async place(tx: EntityManager, batch: Batch, lines: readonly StagedLine<IncomeLine>[]): Promise<OutcomeRuns> {
    // The same lock as for money: an account cannot be registered between the look for it and the declaration that waits for it.
    await lockMoney(tx);
    const known = await this.knownOf(tx, batch, lines);
    await this.failpoints.reach('deduplicated');
    const { declarations, rejected, outcomes } = placeIncomes(lines, known, batch.businessDate);
    const told = declarations.filter(({ account }) => known.accounts.has(account));
    const { partner, flow, name, correlation } = batch;
    await this.settleContradictions(tx, batch, told);
    const written = await this.context.facts.publish(
      tx,
      told.map((declaration) => declarationReceived(declaration, { correlation, cause: null })),
    );
    const facts = new Map(told.map(({ reference }, index) => [reference, idOf(written[index])]));
    await insertDeclarations(tx, { partner, flow, batch: name, correlation }, { declarations, facts });
    await this.rejected.keep(tx, batch, { rejected, kind: 'income' });
    return outcomes;
  }

  /** What was said twice of a year no longer matters once a later declaration of that year is here. */
  private async settleContradictions(tx: EntityManager, { partner, correlation }: Batch, told: readonly Declaration[]): Promise<void> {
    const overtaken = await findOvertaken(tx, partner, told);
    if (overtaken.length === 0) return;
    const settledBy = 'Réglé par règle : une déclaration reçue depuis fait foi';
    await this.book.close(tx, overtaken.map((id) => ({ id, settledBy, correlation }))); // prettier-ignore
  }

  private async knownOf(tx: EntityManager, { partner }: Batch, lines: readonly StagedLine<IncomeLine>[]): Promise<KnownIncomes> {
    const declarations = await findDeclarations(
      tx,
      partner,
      lines.map(({ record, ...staged }) => declarationOf(record, staged)),
    );
    const accounts = [...lines.map(({ record }) => record.account), ...declarations.map(({ account }) => account)];
    return { declarations, accounts: await findKnownAccounts(tx, [...new Set(accounts)]) };
  }
}

/** Accounts are known now: the declarations that waited for them are told. Under the lock of money. */
export async function tellWaitingDeclarations(tx: EntityManager, facts: FactStore, causes: ReadonlyMap<string, string>): Promise<void> {
  const waiting = await findWaitingDeclarations(tx, [...causes.keys()]);
  if (waiting.length === 0) return;
  const told = await facts.publish(
    tx,
    waiting.map((one) => declarationReceived(one, { correlation: one.correlation, cause: causes.get(one.account) ?? null })),
  );
  await markTold(
    tx,
    waiting.map(({ partner, reference }, index) => ({ partner, reference, fact: idOf(told[index]) })),
  );
}

interface Trace {
  readonly correlation: string;
  readonly cause: string | null;
}

function declarationReceived(declaration: Declaration, trace: Trace): FactDraft {
  const { reference, account, kind, year, period, activity, amount, receivedOn, declarant, corrects } = declaration;
  const said = { stream: account, effectiveOn: receivedOn, ...trace };
  const more = { receivedOn, ...(declarant === undefined ? {} : { declarant }), ...(corrects === undefined ? {} : { corrects }) };
  if (kind !== 'turnover')
    return draft({ ...said, type: 'urssaf-sync.income-received.v1', data: { declarationId: reference, year, amount, kind, ...more } });
  if (period === undefined || activity === undefined) throw new Error('A turnover is of a period and of an activity.');
  return draft({
    ...said,
    type: 'urssaf-sync.turnover-received.v1',
    data: { declarationId: reference, period, activity, amount, ...more },
  });
}

function idOf(fact: Fact | undefined): string {
  if (!fact) throw new Error('As many facts are written as were drafted.');
  return fact.id;
}
