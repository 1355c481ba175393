import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Logger, ServiceContext } from '@isu/chassis';
import { canonicalJson, draft, sha256, type Fact, type FactData } from '@isu/contracts';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { SourceOfLines } from '../batches/batch.table.js';
import { RejectedLines } from '../conflicts/rejected-lines.js';
import { contentOf } from '../payments/money-line.js';
import type { MoneyPlacer } from '../payments/money-placer.js';
import { refuse } from '../refusals.js';
import {
  awaitingStatements,
  findStatement,
  insertOrders,
  keepStatement,
  lockOrder,
  reportedAs,
  saveOrder,
  type StatementOutcome,
} from './online-order.table.js';
import type { SignedWord } from './payment-provider.js';
import { judgeSignature } from './provider-signature.js';
import { anomalyOf, judgeStatement, readStatement, type Contradiction, type OnlineOrder, type Statement } from './statement.js';

type Settled = Omit<FactData<'urssaf-sync.online-payment-settled.v1'>, 'order'>;

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'> & { readonly log: Logger };
  readonly placer: MoneyPlacer;
  /** The provider's public key, PEM. */
  readonly providerKey: string;
}

/** The provider is a partner like another; a notification is a file of one line. */
export const provider = { partner: 'payment-provider', flow: 'online' } as const;

/** When an order is asked for by ourselves, if nothing was heard of it. */
const firstAskSeconds = 10;

/** What the provider says of orders: each word once, whoever carries it, and one payment an order. */
export class OnlinePaymentsService {
  private readonly key: KeyObject;
  private readonly rejected: RejectedLines;

  constructor(private readonly parts: Parts) {
    this.key = createPublicKey(parts.providerKey);
    const { facts, clock } = parts.context;
    this.rejected = new RejectedLines({ facts, clock, newId: () => v7() });
  }

  /** Takes a signed word. Said again it is known, and answered as the first time; with other bytes under its number it is refused. */
  async hear({ body, signature }: SignedWord): Promise<{ statement: string; outcome: StatementOutcome }> {
    const { db, clock } = this.parts.context;
    const verdict = judgeSignature(signature, body, { key: this.key, now: clock.now() });
    if (verdict === 'late') throw refuse('statement-late');
    if (verdict !== 'valid') throw refuse('statement-not-signed');
    const said = readStatement(body);
    const digest = sha256(Buffer.from(body).toString('utf8'));
    const outcome = await db.transaction(async (tx) => {
      const order = await lockOrder(tx, said.order);
      const kept = await findStatement(tx, said.statement);
      if (kept && kept.digest !== digest) throw refuse('statement-contradicts');
      if (kept && kept.outcome !== 'awaiting') return kept.outcome;
      const met = order ? await this.take(tx, order, said) : 'awaiting';
      await keepStatement(tx, said, { digest, outcome: met }, clock.now());
      return met;
    });
    return { statement: said.statement, outcome };
  }

  /** Collection has made orders: what the provider said of them before is taken now. */
  async open(tx: EntityManager, opened: readonly Fact<'collection.online-payment-opened.v1'>[]): Promise<void> {
    const { clock } = this.parts.context;
    const orders = opened.map(({ subject, effectiveon, correlation, data: { order, amount, expiresAt } }) => ({
      ...{ order, account: subject, amount: Money.of(amount), openedOn: effectiveon, expiresAt: new Date(expiresAt), correlation },
      ...{ state: 'open' as const, reference: null, asked: 0 },
    }));
    await insertOrders(tx, orders, this.later(firstAskSeconds));
    for (const { said, digest } of await awaitingStatements(
      tx,
      orders.map(({ order }) => order),
    )) {
      const order = await lockOrder(tx, said.order);
      if (order) await keepStatement(tx, said, { digest, outcome: await this.take(tx, order, said) }, clock.now());
    }
  }

  /** Nobody ever came to pay it, and nobody can any more. */
  async expire(order: string): Promise<void> {
    await this.parts.context.db.transaction(async (tx) => {
      const known = await lockOrder(tx, order);
      if (known?.state === 'open') await this.settle(tx, known, { outcome: 'expired', reason: 'never-reached' });
    });
  }

  private async take(tx: EntityManager, order: OnlineOrder, said: Statement): Promise<StatementOutcome> {
    const judged = judgeStatement(order, said, this.parts.context.clock.today().iso);
    if (judged.kind === 'contradiction') return this.dispute(tx, { order, said }, judged.because);
    if (judged.kind === 'failed') {
      await this.settle(tx, order, { outcome: judged.outcome, ...(said.reason !== undefined && { reason: said.reason }) });
      return 'taken';
    }
    if (judged.kind === 'nothing-new' || order.state === 'paid') return 'known';
    const { line } = judged;
    await this.parts.placer.place(tx, this.sourceOf(order, said), [{ line: 1, content: contentOf(line), record: line }]);
    const told = await reportedAs(tx, provider.partner, line.reference);
    // The bank told of this money before, and of another sum or for somebody else: the contradiction stands on the account already.
    if (!told) return this.disputed(tx, order, 'bank-contradicts');
    // Affiliation's first words about the account have not come here yet: the money is kept, and the word is taken when it is repeated.
    if (told.fact === null) return 'awaiting';
    await this.settle(tx, order, { outcome: 'paid', reportedFact: told.fact }, line.reference);
    return 'taken';
  }

  /** What contradicts the order moves nothing and is seen on the account (R12); what was paid before stays paid. */
  private async dispute(
    tx: EntityManager,
    { order, said }: { order: OnlineOrder; said: Statement },
    reason: Contradiction,
  ): Promise<StatementOutcome> {
    const { statement: _, ...content } = said;
    await this.rejected.keep(tx, this.sourceOf(order, said), {
      kind: 'payment',
      rejected: [
        {
          ...{ reference: said.reference ?? said.order, content: sha256(canonicalJson(content)), outcome: 'conflict', reason, line: 1 },
          ...{
            kept: sha256(canonicalJson([order.order, order.amount.toString()])),
            anomaly: { account: order.account, type: anomalyOf[reason] },
          },
        },
      ],
    });
    return this.disputed(tx, order, reason);
  }

  private async disputed(tx: EntityManager, order: OnlineOrder, reason: string): Promise<StatementOutcome> {
    if (order.state === 'open') await this.settle(tx, order, { outcome: 'disputed', reason });
    return 'disputed';
  }

  private async settle(tx: EntityManager, order: OnlineOrder, settled: Settled, reference: string | null = null): Promise<void> {
    const { facts, clock } = this.parts.context;
    await saveOrder(tx, { order: order.order, state: settled.outcome, reference }, null);
    await facts.publish(tx, [
      draft({
        ...{ stream: order.account, type: 'urssaf-sync.online-payment-settled.v1', effectiveOn: clock.today().iso },
        ...{ correlation: order.correlation, data: { order: order.order, ...settled } },
      }),
    ]);
  }

  private sourceOf({ correlation }: OnlineOrder, { statement }: Statement): SourceOfLines {
    return { ...provider, name: statement, businessDate: this.parts.context.clock.today().iso, correlation };
  }

  private later(seconds: number): Date {
    return new Date(this.parts.context.clock.now().getTime() + seconds * 1_000);
  }
}
