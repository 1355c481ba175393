import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { LineOfText } from '@isu/chassis';
import { attestationPattern, uuidPattern } from '@isu/contracts';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { AgentNames } from '../agents/agent-names.js';
import type { GiveUpsPage } from '../face/give-ups.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { refuse } from '../refusals.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { flowOf, type FlowKey } from './flow-key.js';
import { GiveUps } from './give-ups.js';

class GiveUpRequest {
  @IsInt() @Min(1) @Max(999_999_999) from!: number;
  @IsInt() @Min(1) @Max(999_999_999) to!: number;
  @Matches(attestationPattern, {
    message: 'la référence du courrier du partenaire : 3 à 35 majuscules, chiffres, points, barres ou tirets',
  })
  attestation!: string;
  @LineOfText({ min: 10, max: 120 }) reason!: string;
  @Matches(uuidPattern, { message: 'un UUID, le même si l’on recommence' }) key!: string;
}

class GiveUpRefusalRequest {
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

interface Named extends FlowKey {
  readonly id: string;
}

/** What the journal of urssaf-sync says of why. */
const purpose = 'Lots manquants d’un flux';

@Controller('desk/flows/:partner/:flow/give-ups')
@OpenTo('agent')
export class GiveUpsController {
  constructor(
    @Inject(GiveUps) private readonly giveUps: GiveUps,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(AgentNames) private readonly names: AgentNames,
  ) {}

  @Get()
  async read(@Req() request: Request, @Agent() session: AgentSession, @Param() named: Named): Promise<GiveUpsPage> {
    const page = await this.giveUps.page(flowOf(named), { me: session.subject, voice: await this.voice(session, request) });
    const { giveUps } = page.parts;
    const who = giveUps.state === 'ok' ? giveUps.data.items.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]) : [];
    return { ...page, names: await this.names.of(who) };
  }

  @Post()
  @HttpCode(204)
  async propose(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() named: Named,
    @Body() asked: GiveUpRequest,
  ): Promise<void> {
    return this.giveUps.propose(flowOf(named), asked, await this.voice(session, request));
  }

  @Post(':id/approval')
  @HttpCode(204)
  async approve(@Req() request: Request, @Agent() session: AgentSession, @Param() named: Named): Promise<void> {
    return this.giveUps.approve(flowOf(named), known(named.id), await this.voice(session, request));
  }

  @Post(':id/refusal')
  @HttpCode(204)
  async refuse(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() named: Named,
    @Body() { reason }: GiveUpRefusalRequest,
  ): Promise<void> {
    return this.giveUps.refuse(flowOf(named), { id: known(named.id), reason }, await this.voice(session, request));
  }

  private voice(session: AgentSession, request: Request): Promise<Voice> {
    return this.voices.agent(session, request, purpose);
  }
}

function known(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
