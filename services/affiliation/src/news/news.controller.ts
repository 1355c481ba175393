import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { groups, uuidPattern, type Group } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { Paragraphs } from '../requests.js';
import { NewsService, type News } from './news.service.js';

class NewsRequest {
  @LineOfText({ min: 3, max: 120 }) title!: string;
  @Paragraphs({ max: 4_000 }) text!: string;
  /** Only for these; for all when it is left out. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(groups.length) @ArrayUnique() @IsIn(groups, { each: true }) groups?: Group[];
  /** Last day on which it is shown. */
  @IsOptional() @ValueOf(Day) until?: Day;
}

class WithdrawalRequest {
  @Matches(uuidPattern, { message: 'le numéro de l’actualité' }) news!: string;
}

const shownNews = wire.record<News>({
  id: wire.uuid,
  fund: wire.fund,
  title: wire.text,
  text: wire.text,
  groups: wire.orNull(wire.listOf(wire.choice(groups))),
  until: wire.orNull(wire.day),
  publishedAt: wire.instant,
});

@Controller()
export class NewsController {
  constructor(
    @Inject(NewsService) private readonly news: NewsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get('funds/:code/news')
  @Answers('Les actualités de la caisse.', wire.listOf(shownNews))
  @Allowed('funds.publish-news', { fund: 'param:code' })
  async ofFund(@Param('code') code: string): Promise<News[]> {
    return this.news.ofFund(code);
  }

  /** Published for the insured of the caisse, who read it at once, and for nobody else. */
  @Post('funds/:code/news')
  @Creates()
  @Answers('L’actualité publiée.', shownNews)
  @Allowed('funds.publish-news', { fund: 'param:code' })
  async publish(
    @Req() request: Request,
    @Param('code') code: string,
    @Body() { title, text, groups: only, until }: NewsRequest,
    @CurrentAccess() access: Access,
  ): Promise<News> {
    const publishing = { title, text, groups: only ?? null, until: until ?? null };
    return this.creations.creating(request, (tx) => this.news.publish(tx, code, publishing, access));
  }

  @Post('funds/:code/news-withdrawals')
  @Creates()
  @Answers('L’actualité retirée.', shownNews)
  @Allowed('funds.publish-news', { fund: 'param:code' })
  async withdraw(
    @Req() request: Request,
    @Param('code') code: string,
    @Body() { news }: WithdrawalRequest,
    @CurrentAccess() access: Access,
  ): Promise<News> {
    return this.creations.creating(request, (tx) => this.news.withdraw(tx, code, news, access));
  }

  /** What the person's caisse tells them. */
  @Get('insured-persons/:account/news')
  @Answers('Les actualités de la caisse de la personne.', wire.listOf(shownNews))
  @Allowed('insured-persons.read', { account: 'param:account' })
  async ofPerson(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<News[]> {
    return this.news.ofPerson(account, access);
  }
}
