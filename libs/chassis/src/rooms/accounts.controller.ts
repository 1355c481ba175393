import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { bookEffectiveOn, foldAccount, standing, viewBytes, type EffectiveBook, type Standing } from '@isu/account';
import type { Fact } from '@isu/contracts';
import { FactStore } from '@isu/messaging';
import { AccountNumber, Day, type BusinessClock } from '@isu/values';
import { IsOptional } from 'class-validator';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { endOfDayInParis } from '../clocks/paris.js';
import { KnownFlows } from '../flows/known-flows.js';
import { accountSchemas } from '../openapi/account-schemas.js';
import { Answers } from '../openapi/answers.js';
import { refuse } from '../problems/standard-refusals.js';
import { valueOf, ValueOf } from '../requests/value-fields.js';
import { Allowed } from '../security/policy/allowed.js';
import { clockToken } from './tokens.js';

class ViewQuery {
  /** The view as this service knew it at the end of that day (I7). */
  @IsOptional()
  @ValueOf(Day)
  on?: Day;
}

class StandingQuery {
  /** Default: the business day. */
  @IsOptional()
  @ValueOf(Day)
  day?: Day;
}

/**
 * The consolidated account, folded from this service's own copy of the facts: the same bytes in every service for the same
 * vector (I4). Nothing is read but facts.
 */
@Controller('accounts')
export class AccountsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(FactStore) private readonly facts: FactStore,
    @Inject(KnownFlows) private readonly flows: KnownFlows,
    @Inject(clockToken) private readonly clock: BusinessClock,
  ) {}

  @Get(':account/view')
  @Answers('Le compte consolidé, en JSON canonique ; son empreinte est aussi l’ETag.', accountSchemas.view)
  @Allowed('accounts.view', { account: 'param:account' })
  async view(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { on }: ViewQuery,
    @Res() response: Response,
  ): Promise<void> {
    const view = foldAccount(await this.known(account, on));
    response.setHeader('etag', `"${view.fingerprint}"`);
    response.type('application/json').send(Buffer.from(viewBytes(view)));
  }

  @Get(':account/standing')
  @Answers('Où en est le compte ce jour-là.', accountSchemas.standing)
  @Allowed('accounts.standing', { account: 'param:account' })
  async standing(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { day }: StandingQuery): Promise<Standing> {
    const { book } = foldAccount(await this.known(account));
    return standing(book, await this.flows.read(this.db), day ?? this.clock.today());
  }

  /**
   * The book as it was in effect on a day: money counts from the day it was received, whenever that was learned. With `on`, by what this
   * service knew at the end of that other day (N3).
   */
  @Get(':account/effective/:day')
  @Answers('Le compte tel qu’il était en effet ce jour-là, et la vue dont il est tiré.', accountSchemas.effective)
  @Allowed('accounts.view', { account: 'param:account' })
  async effective(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('day', valueOf(Day)) day: Day,
    @Query() { on }: ViewQuery,
  ): Promise<EffectiveBook> {
    return bookEffectiveOn(await this.known(account, on), day);
  }

  private async known(account: AccountNumber, on?: Day): Promise<Fact[]> {
    const facts = await this.facts.factsOf(this.db, account.toString(), on && endOfDayInParis(on.iso));
    if (facts.length === 0) throw refuse('not-found');
    return facts;
  }
}
