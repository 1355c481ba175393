import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed, Answers, refuse, valueOf, wire } from '@isu/chassis';
import { anomalyTypes } from '@isu/contracts';
import { FactStore, heldFacts } from '@isu/messaging';
import { AccountNumber } from '@isu/values';
import { DataSource } from 'typeorm';
import { MatchingService } from '../to-be-matched/matching.service.js';
import { waitingMoney } from '../to-be-matched/waiting-money.controller.js';
import { findWaitingMoneyOf, type WaitingMoney } from '../to-be-matched/waiting-money.table.js';
import { anomaliesOf, factsOfAnomalies, type AccountAnomaly } from './anomaly.js';

/** What the two organisations do not agree on about an account, and its money that is not placed yet. */
export interface AccountAnomalies {
  readonly items: readonly AccountAnomaly[];
  readonly waiting: readonly WaitingMoney[];
}

const anomaly = wire.record<AccountAnomaly>({
  id: wire.uuid,
  type: wire.choice(anomalyTypes),
  cause: wire.text,
  openedAt: wire.instant,
  openedFact: wire.uuid,
  closedAt: wire.orNull(wire.instant),
  closedFact: wire.orNull(wire.uuid),
  settledBy: wire.orNull(wire.text),
});
const accountAnomalies = wire.record<AccountAnomalies>({ items: wire.listOf(anomaly), waiting: wire.listOf(waitingMoney) });

@Controller('accounts')
export class AnomaliesController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(FactStore) private readonly facts: FactStore,
    @Inject(MatchingService) private readonly matching: MatchingService,
  ) {}

  /** Every anomaly of an account, open or settled, and the money that bears its number and waits. */
  @Get(':account/anomalies')
  @Answers('Les anomalies du compte, la dernière ouverte d’abord, et son argent en attente.', accountAnomalies)
  @Allowed('anomalies.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<AccountAnomalies> {
    const [number, sql] = [account.toString(), this.db.manager];
    const waiting = await findWaitingMoneyOf(sql, number, this.matching.today);
    const known = waiting.length > 0 || Object.keys(await this.facts.vectorOf(sql, number)).length > 0;
    if (!known) throw refuse('not-found');
    return { items: anomaliesOf(await heldFacts(sql, number, { types: factsOfAnomalies })), waiting };
  }
}
