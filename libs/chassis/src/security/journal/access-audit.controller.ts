import { Controller, Get, Query } from '@nestjs/common';
import { Answers } from '../../openapi/answers.js';
import { wire } from '../../openapi/wire.js';
import { Allowed } from '../policy/allowed.js';
import { organisations, roles } from '../tokens/claims.js';
import { AccessJournal, type AccessEntry } from './access-journal.js';
import { chainPage, chainPageOf, ChainQuery, type ChainPage } from './chain-page.js';
import { accessChain } from './sealing.js';

const page = chainPageOf<AccessEntry>(
  wire.record<AccessEntry>({
    ...{ id: wire.text, recordedAt: wire.instant, wallAt: wire.instant, sub: wire.text },
    ...{ org: wire.choice(organisations), role: wire.choice(roles), funds: wire.listOf(wire.fund), via: wire.listOf(wire.text) },
    ...{ purpose: wire.text, operation: wire.text, account: wire.orNull(wire.text), correlation: wire.text },
    outcome: wire.choice(['shown', 'masked', 'nobody-found']),
  }),
);

/** The access journal with its links, for who verifies it: `isu audit verify`. Reading it is a use of personal data like any other. */
@Controller('journals/access')
export class AccessAuditController {
  constructor(private readonly journal: AccessJournal) {}

  @Get()
  @Answers('Les maillons du journal des accès, dans l’ordre, par pages de mille.', page)
  @Allowed('journal.audit')
  async links(@Query() query: ChainQuery): Promise<ChainPage<AccessEntry>> {
    return chainPage(this.journal.db, accessChain, query);
  }
}
