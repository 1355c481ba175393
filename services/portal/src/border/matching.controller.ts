import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { LineOfText, ValueOf } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { AgentNames } from '../agents/agent-names.js';
import type { MatchingPage, MatchingProposal, ToBeMatchedPage } from '../face/to-be-matched.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { refuse } from '../refusals.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { Border } from './border.js';

class PageQuery {
  @IsOptional() @Matches(uuidPattern) after?: string;
}

class PayerSearchRequest {
  @LineOfText({ max: 80 }) familyName!: string;
  @IsOptional() @LineOfText({ max: 120 }) givenNames?: string;
}

class MatchingProposalRequest {
  @IsIn(['attribute', 'send-back']) kind!: MatchingProposal['kind'];
  @IsOptional() @ValueOf(AccountNumber) owner?: AccountNumber;
  @LineOfText({ min: 10, max: 120 }) reason!: string;
  @Matches(uuidPattern, { message: 'un UUID, le même si l’on recommence' }) key!: string;
}

class MatchingRefusalRequest {
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

/** What the journal of urssaf-sync says of why: candidates are looked at to find an owner. */
const purpose = 'Encaissements à identifier';

/** Money without an owner at the desk: whom it may be for, and what the cell does with it under four eyes. */
@Controller('desk/to-be-matched')
@OpenTo('agent')
export class MatchingController {
  constructor(
    @Inject(Border) private readonly border: Border,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(AgentNames) private readonly names: AgentNames,
  ) {}

  @Get()
  async list(@Req() request: Request, @Agent() session: AgentSession, @Query() { after }: PageQuery): Promise<ToBeMatchedPage> {
    const page = await this.border.toBeMatched(after, { me: session.subject, voice: await this.voice(session, request) });
    const { waiting } = page.parts;
    const proposers = waiting.state === 'ok' ? waiting.data.items.map(({ proposedBy }) => proposedBy) : [];
    return { ...page, names: await this.names.of(proposers) };
  }

  @Get(':id')
  async read(@Req() request: Request, @Agent() session: AgentSession, @Param('id') id: string): Promise<MatchingPage> {
    const page = await this.border.matching(known(id), { me: session.subject, voice: await this.voice(session, request) });
    const { money } = page.parts;
    const others = money.state === 'ok' ? money.data.proposals.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]) : [];
    return { ...page, names: await this.names.of(others) };
  }

  /** A search, said in a body: a name stands in no address. */
  @Post(':id/searches')
  @HttpCode(200)
  async search(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('id') id: string,
    @Body() payer: PayerSearchRequest,
  ): Promise<MatchingPage> {
    const page = await this.border.matchingByName(known(id), payer, { me: session.subject, voice: await this.voice(session, request) });
    return { ...page, names: {} };
  }

  @Post(':id/proposals')
  @HttpCode(204)
  async propose(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('id') id: string,
    @Body() { owner, ...asked }: MatchingProposalRequest,
  ): Promise<void> {
    const said = { ...asked, ...(owner && { owner: owner.toString() }) };
    return this.border.match(known(id), said, await this.voice(session, request));
  }

  @Post(':id/proposals/:proposal/approval')
  @HttpCode(204)
  async approve(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { id, proposal }: { id: string; proposal: string },
  ): Promise<void> {
    return this.border.approveMatching(known(id), known(proposal), await this.voice(session, request));
  }

  @Post(':id/proposals/:proposal/refusal')
  @HttpCode(204)
  async refuse(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { id, proposal }: { id: string; proposal: string },
    @Body() { reason }: MatchingRefusalRequest,
  ): Promise<void> {
    return this.border.refuseMatching(known(id), { proposal: known(proposal), reason }, await this.voice(session, request));
  }

  private voice(session: AgentSession, request: Request): Promise<Voice> {
    return this.voices.agent(session, request, purpose);
  }
}

function known(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
