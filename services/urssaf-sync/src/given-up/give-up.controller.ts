import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, invalidRequest, LineOfText, refuse, wire, type Access } from '@isu/chassis';
import { attestationPattern, uuidPattern } from '@isu/contracts';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import type { GiveUp } from './give-up.table.js';
import { GiveUpService } from './give-up.service.js';

/** A month of daily batches: who lost more has another problem, and other letters. */
const mostNumbers = 31;

class GiveUpRequest {
  @IsInt() @Min(1) @Max(999_999_999) from!: number;
  @IsInt() @Min(1) @Max(999_999_999) to!: number;
  @Matches(attestationPattern, {
    message: 'la référence du courrier du partenaire : 3 à 35 majuscules, chiffres, points, barres ou tirets',
  })
  attestation!: string;
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

class GiveUpRefusal {
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

const giveUp = wire.record<GiveUp>({
  ...{ id: wire.uuid, from: wire.count, to: wire.count, attestation: wire.text, reason: wire.text, proposedBy: wire.text },
  ...{ proposedAt: wire.instant, state: wire.choice(['proposed', 'approved', 'refused']), decidedBy: wire.orNull(wire.text) },
  ...{ decidedAt: wire.orNull(wire.instant), decisionReason: wire.orNull(wire.text) },
});
const giveUps = wire.record<{ items: unknown }>({ items: wire.listOf(giveUp) });

interface Named {
  readonly partner: string;
  readonly flow: string;
  readonly id: string;
}

/** Missing batches that will never come: given up under four eyes, on the partner's written word. */
@Controller('flows/:partner/:flow/give-ups')
export class GiveUpController {
  constructor(
    @Inject(GiveUpService) private readonly service: GiveUpService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  @Get()
  @Answers('Les abandons proposés et ce qui en a été décidé.', giveUps)
  @Allowed('batches.give-up', { partner: 'param:partner' })
  async list(@Param() { partner, flow }: Named): Promise<{ items: readonly GiveUp[] }> {
    return { items: await this.service.of({ partner, flow }) };
  }

  @Post()
  @Creates()
  @HttpCode(201)
  @Answers('La proposition, qui attend une seconde personne.', giveUp)
  @Allowed('batches.give-up', { partner: 'param:partner' })
  async propose(
    @Req() request: Request,
    @Param() { partner, flow }: Named,
    @Body() asked: GiveUpRequest,
    @CurrentAccess() access: Access,
  ): Promise<GiveUp> {
    if (asked.to < asked.from || asked.to - asked.from >= mostNumbers)
      throw invalidRequest([
        { field: 'to', code: 'number', accepted: `de « from » à 30 numéros plus loin, soit ${String(mostNumbers)} au plus` },
      ]);
    return this.creations.creating(request, (tx) => this.service.propose(tx, { partner, flow }, asked, access));
  }

  /** By another person than the proposer. Decided once: a repeat is answered 409. */
  @Post(':id/approval')
  @HttpCode(200)
  @Answers('L’abandon, approuvé : le flux continue sans ces lots.', giveUp)
  @Allowed('batches.give-up', { partner: 'param:partner' })
  async approve(@Param() { partner, flow, id }: Named, @CurrentAccess() access: Access): Promise<GiveUp> {
    return this.db.transaction((tx) => this.service.approve(tx, { partner, flow }, uuidOf(id), access));
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @Answers('La proposition, refusée : les lots sont toujours demandés.', giveUp)
  @Allowed('batches.give-up', { partner: 'param:partner' })
  async refuse(@Param() { partner, flow, id }: Named, @Body() { reason }: GiveUpRefusal, @CurrentAccess() access: Access): Promise<GiveUp> {
    return this.db.transaction((tx) => this.service.refuse(tx, { partner, flow }, { id: uuidOf(id), reason }, access));
  }
}

function uuidOf(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
