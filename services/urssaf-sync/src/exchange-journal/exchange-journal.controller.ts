import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Allowed, Answers, chainPage, chainPageOf, ChainQuery, wire, type ChainPage } from '@isu/chassis';
import { DataSource } from 'typeorm';
import { exchangeActs, exchangeChain, type ExchangeEntry } from './exchange-journal.js';

const page = chainPageOf<ExchangeEntry>(
  wire.record<ExchangeEntry>({
    ...{ id: wire.text, recordedAt: wire.instant, wallAt: wire.instant, actor: wire.text, act: wire.choice(exchangeActs) },
    ...{ partner: wire.text, flow: wire.text, number: wire.orNull(wire.count), digest: wire.orNull(wire.digest) },
    ...{ outcome: wire.text, correlation: wire.uuid },
  }),
);

@Controller('journals/exchange')
export class ExchangeJournalController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Every batch, receipt, refusal, conflict and re-send request with its link in the chain, for who verifies it: `isu audit verify`. */
  @Get()
  @Answers('Les maillons du journal des échanges, dans l’ordre, par pages de mille.', page)
  @Allowed('exchange-journal.read')
  async links(@Query() query: ChainQuery): Promise<ChainPage<ExchangeEntry>> {
    return chainPage(this.db.manager, exchangeChain, query);
  }
}
