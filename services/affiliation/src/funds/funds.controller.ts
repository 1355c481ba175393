import { Controller, Get, Param } from '@nestjs/common';
import { Public } from '@isu/chassis';
import { refuse } from '../refusals.js';
import { fundOfCode, funds, type Fund } from './fund.js';

/** Public information: the caisses, what they cover, how to reach them. */
@Controller('funds')
export class FundsController {
  @Get()
  @Public()
  list(): readonly Fund[] {
    return funds;
  }

  @Get(':code')
  @Public()
  read(@Param('code') code: string): Fund {
    const fund = fundOfCode(code);
    if (!fund) throw refuse('unknown-fund');
    return fund;
  }
}
