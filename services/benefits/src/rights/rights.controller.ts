import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, ValueOf, valueOf } from '@isu/chassis';
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

@Controller('accounts')
export class RightsController {
  constructor(@Inject(RightsService) private readonly rights: RightsService) {}

  /** The rights that the contributions of an account have opened: up to date or not, pension quarters by year. */
  @Get(':account/rights')
  @Allowed('rights.read', { account: 'param:account' })
  async of(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { day }: RightsQuery): Promise<Rights> {
    return this.rights.of(account, day);
  }
}
