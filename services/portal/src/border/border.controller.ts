import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { invalidRequest, LineOfText } from '@isu/chassis';
import { anomalyTypes, uuidPattern, type AnomalyType } from '@isu/contracts';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { AgentNames } from '../agents/agent-names.js';
import type { AnomalyPage, BatchPage, FlowsPage, ReconciliationPage, WorklistPage } from '../face/border.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { refuse } from '../refusals.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { Border } from './border.js';
import { flowOf, type FlowKey } from './flow-key.js';

class WorklistQuery {
  @IsOptional() @IsIn(['open', 'closed']) state?: 'open' | 'closed';
  @IsOptional() @IsIn(anomalyTypes) type?: AnomalyType;
  @IsOptional() @IsIn(['true', 'false']) mine?: 'true' | 'false';
  @IsOptional() @Matches(uuidPattern) after?: string;
}

class LinesQuery {
  @IsOptional() @Matches(/^[1-9]\d{0,8}$/, { message: 'un numéro, à partir de 1' }) after?: string;
}

class AssignmentRequest {
  /** `nobody` gives it back. */
  @IsIn(['me', 'nobody']) to!: 'me' | 'nobody';
}

const Reason = (): PropertyDecorator => LineOfText({ min: 10, max: 120 });

class ProposalRequest {
  @IsIn(['as-the-rule-says', 'none']) correction!: 'as-the-rule-says' | 'none';
  @Reason() reason!: string;
  @Matches(uuidPattern, { message: 'un UUID, le même si l’on recommence' }) key!: string;
}

class RefusalRequest {
  @Reason() reason!: string;
}

/** What the journal of urssaf-sync says of why: the worklist is read to clear it. A file is opened with a purpose of its own. */
const purpose = 'Traitement des anomalies de la cellule';
const numberPattern = /^[1-9]\d{0,8}$/;

/** The border at the desk: flows and their calendar, batches and their lines, anomalies under four eyes. */
@Controller('desk')
@OpenTo('agent')
export class BorderController {
  constructor(
    @Inject(Border) private readonly border: Border,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(AgentNames) private readonly names: AgentNames,
  ) {}

  @Get('flows')
  async flows(@Req() request: Request, @Agent() session: AgentSession): Promise<FlowsPage> {
    return this.border.flows(await this.voice(session, request));
  }

  @Get('flows/:partner/:flow/batches/:number')
  async batch(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { number, ...named }: FlowKey & { readonly number: string },
    @Query() { after = '0' }: LinesQuery,
  ): Promise<BatchPage> {
    const key = flowOf(named);
    if (!numberPattern.test(number))
      throw invalidRequest([{ field: 'number', code: 'number', accepted: 'le numéro d’un lot, à partir de 1' }]);
    return this.border.batch({ ...key, number: Number(number) }, Number(after), await this.voice(session, request));
  }

  @Get('anomalies')
  async worklist(@Req() request: Request, @Agent() session: AgentSession, @Query() query: WorklistQuery): Promise<WorklistPage> {
    const { state = 'open', type, mine, after } = query;
    const asker = { me: session.subject, voice: await this.voice(session, request) };
    const page = await this.border.worklist({ state, type, after, mine: mine === 'true' }, asker);
    const { worklist } = page.parts;
    const items = worklist.state === 'ok' ? worklist.data.items : [];
    return { ...page, names: await this.names.of(items.flatMap(({ assignedTo, proposedBy }) => [assignedTo, proposedBy])) };
  }

  @Get('anomalies/:id')
  async anomaly(@Req() request: Request, @Agent() session: AgentSession, @Param('id') id: string): Promise<AnomalyPage> {
    const page = await this.border.anomaly(known(id), { me: session.subject, voice: await this.voice(session, request) });
    const { anomaly } = page.parts;
    const proposals = anomaly.state === 'ok' ? anomaly.data.proposals : [];
    const others = proposals.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]);
    const owner = anomaly.state === 'ok' ? anomaly.data.assignedTo : null;
    return { ...page, names: await this.names.of([owner, ...others]) };
  }

  @Get('reconciliation')
  async reconciliation(@Req() request: Request, @Agent() session: AgentSession): Promise<ReconciliationPage> {
    return this.border.reconciliation(await this.voice(session, request));
  }

  @Put('anomalies/:id/assignment')
  @HttpCode(204)
  async assign(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('id') id: string,
    @Body() { to }: AssignmentRequest,
  ): Promise<void> {
    return this.border.assign(known(id), { to }, await this.voice(session, request));
  }

  @Post('anomalies/:id/proposals')
  @HttpCode(204)
  async propose(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('id') id: string,
    @Body() asked: ProposalRequest,
  ): Promise<void> {
    return this.border.propose(known(id), asked, await this.voice(session, request));
  }

  @Post('anomalies/:id/proposals/:proposal/approval')
  @HttpCode(204)
  async approve(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { id, proposal }: { id: string; proposal: string },
  ): Promise<void> {
    return this.border.approve(known(id), known(proposal), await this.voice(session, request));
  }

  @Post('anomalies/:id/proposals/:proposal/refusal')
  @HttpCode(204)
  async refuse(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { id, proposal }: { id: string; proposal: string },
    @Body() { reason }: RefusalRequest,
  ): Promise<void> {
    return this.border.refuse(known(id), { proposal: known(proposal), reason }, await this.voice(session, request));
  }

  private voice(session: AgentSession, request: Request): Promise<Voice> {
    return this.voices.agent(session, request, purpose);
  }
}

function known(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
