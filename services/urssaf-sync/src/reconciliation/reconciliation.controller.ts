import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, valueOf, wire, type Access } from '@isu/chassis';
import { authors } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import type { AlteredFact } from './altered-fact.js';
import { copyHolders, type Copies, type Copy, type Missing } from './copies.js';
import { findDifferences, type CopyDifference } from './copy-difference.table.js';
import type { Snapshot } from './outside.table.js';
import { ReconciliationService, type AccountReconciliation, type Comparisons, type LastRun } from './reconciliation.service.js';

class DifferencesQuery {
  @IsOptional() @IsIn(['in-flight', 'diverged']) kind?: CopyDifference['kind'];
}

const mostShown = 200;
const kinds = ['in-flight', 'diverged'];
const copy = wire.orNull(wire.record<Copy>({ fold: wire.text, vector: wire.vector, fingerprint: wire.digest }));
const found = {
  account: wire.account,
  kind: wire.choice(kinds),
  copies: wire.record<Copies>({ collection: copy, benefits: copy, 'urssaf-sync': copy }),
  missing: wire.listOf(
    wire.record<Missing>({ service: wire.choice(copyHolders), author: wire.choice(authors), from: wire.count, to: wire.count }),
  ),
  altered: wire.orNull(
    wire.record<AlteredFact>({
      service: wire.choice(copyHolders),
      author: wire.choice(authors),
      seq: wire.count,
      id: wire.uuid,
      type: wire.text,
    }),
  ),
};
const difference = wire.record<CopyDifference>({ ...found, since: wire.instant, seenAt: wire.instant });
const ofAccount = wire.record<AccountReconciliation>({
  account: wire.account,
  copies: wire.choice(['equal', ...kinds]),
  difference: wire.orNull(wire.record<NonNullable<AccountReconciliation['difference']>>(found)),
  balances: wire.orNull(
    wire.record<NonNullable<AccountReconciliation['balances']>>({
      ...{ asOf: wire.day, opened: wire.count, closed: wire.count, byType: wire.mapOf(wire.count) },
    }),
  ),
});
const lastRun = wire.orNull(
  wire.record<LastRun>({
    ...{ date: wire.day, startedAt: wire.instant, endedAt: wire.orNull(wire.instant), done: wire.count },
    figures: wire.orNull(wire.mapOf(wire.anything)),
  }),
);
const comparisons = wire.record<Comparisons>({
  snapshot: wire.orNull(wire.record<Snapshot>({ partner: wire.text, number: wire.text, asOf: wire.day })),
  inside: lastRun,
  outside: lastRun,
});

@Controller()
export class ReconciliationController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ReconciliationService) private readonly reconciliation: ReconciliationService,
  ) {}

  /** The accounts whose copies were not the same when last compared; a divergence is a hard stop until it is gone. */
  @Get('divergences')
  @Answers(
    'Les comptes dont les copies diffèrent, les divergences d’abord.',
    wire.record<{ items: unknown }>({ items: wire.listOf(difference) }),
  )
  @Allowed('reconciliation.read')
  async differences(@Query() { kind }: DifferencesQuery, @CurrentAccess() { reach }: Access): Promise<{ items: CopyDifference[] }> {
    return { items: await findDifferences(this.db.manager, { reach, limit: mostShown, ...(kind && { kind }) }) };
  }

  @Get('reconciliation')
  @Answers('Les derniers rapprochements, et l’état des comptes sur lequel repose l’externe.', comparisons)
  @Allowed('reconciliation.read')
  async last(): Promise<Comparisons> {
    return this.reconciliation.last();
  }

  /** Compares one account now. It creates nothing that could be created twice: asked again, it looks again. */
  @Post('accounts/:account/reconciliation')
  @HttpCode(200)
  @Answers('Ce que la comparaison du compte a trouvé.', ofAccount)
  @Allowed('reconciliation.run', { account: 'param:account' })
  async reconcile(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() { correlation }: Access,
  ): Promise<AccountReconciliation> {
    return this.reconciliation.reconcile(account.toString(), correlation);
  }
}
