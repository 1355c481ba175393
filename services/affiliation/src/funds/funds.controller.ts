import { Controller, Get, Param } from '@nestjs/common';
import { Answers, Public, wire } from '@isu/chassis';
import { refuse } from '../refusals.js';
import { fundOfCode, funds, type Fund } from './fund.js';

const shownFund = wire.record<Fund>({
  code: wire.fund,
  name: wire.text,
  seat: wire.text,
  departments: wire.listOf(wire.text),
  phone: wire.text,
  benefitsPhone: wire.text,
  address: wire.text,
  email: wire.text,
  openingHours: wire.text,
  demonstration: { ...wire.listOf(wire.text), description: 'Ce qui est inventé pour la démonstration.' },
});

/** Public information: the caisses, what they cover, how to reach them. */
@Controller('funds')
export class FundsController {
  @Get()
  @Answers('Les 29 caisses.', wire.listOf(shownFund))
  @Public()
  list(): readonly Fund[] {
    return funds;
  }

  @Get(':code')
  @Answers('La caisse.', shownFund)
  @Public()
  read(@Param('code') code: string): Fund {
    const fund = fundOfCode(code);
    if (!fund) throw refuse('unknown-fund');
    return fund;
  }
}
