import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { accountSchemas, Allowed, Answers, ValueOf, valueOf, wire } from '@isu/chassis';
import { AccountNumber, Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import type { Rights } from './rights.js';
import { RightsService } from './rights.service.js';

class RightsQuery {
  /** Default: the business day. */
  @IsOptional()
  @ValueOf(Day)
  day?: Day;
}

const rights = wire.record<Rights>({
  account: wire.account,
  day: wire.day,
  upToDate: wire.record<Rights['upToDate']>({ value: accountSchemas.upToDate, reasons: wire.listOf(accountSchemas.reason) }),
  quarters: wire.listOf(accountSchemas.yearQuarters),
  quartersValidated: wire.count,
  quartersPossible: wire.count,
  restsOn: wire.record<Rights['restsOn']>({ vector: wire.vector, fingerprint: wire.digest, flows: accountSchemas.flows }),
});

@Controller('accounts')
export class RightsController {
  constructor(@Inject(RightsService) private readonly rights: RightsService) {}

  /** The rights that the contributions of an account have opened: up to date or not, pension quarters by year. */
  @Get(':account/rights')
  @Answers('Les droits ouverts ce jour-là, et sur quoi la réponse repose.', rights)
  @Allowed('rights.read', { account: 'param:account' })
  async of(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { day }: RightsQuery): Promise<Rights> {
    return this.rights.of(account, day);
  }
}
