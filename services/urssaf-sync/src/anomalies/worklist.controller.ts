import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, refuse, ValueOf, wire, type Access } from '@isu/chassis';
import { anomalyTypes, means, uuidPattern, type AnomalyType, type Means } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import {
  countByRegion,
  findAnomaly,
  findWorklist,
  origins,
  type AnomalyDetail,
  type RegionCount,
  type WorklistItem,
} from './anomaly.table.js';
import type { NamedPayment } from './correctable.table.js';
import { corrections, type Correction, type Proposal } from './correction.js';
import { correctionOf } from './correction-asked.js';
import { WorklistService } from './worklist.service.js';

class WorklistQuery {
  @IsOptional() @Matches(/^\d{2}$/, { message: 'un code de caisse' }) fund?: string;
  @IsOptional() @IsIn(anomalyTypes) type?: AnomalyType;
  @IsOptional() @IsIn(['open', 'closed']) state?: 'open' | 'closed';
  /** `me`, or nobody in particular. */
  @IsOptional() @IsIn(['me']) assignedTo?: 'me';
  /** `next` of the page before. */
  @IsOptional() @Matches(uuidPattern) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

class AssignmentRequest {
  @IsIn(['me', 'nobody'])
  to!: 'me' | 'nobody';
}

export class CorrectionRequest {
  @IsIn(corrections) kind!: Correction['kind'];
  /** Our id of the payment, as the proposals of rules and the details name it. */
  @IsOptional() @Matches(uuidPattern) payment?: string;
  @IsOptional() @ValueOf(Money) amount?: Money;
  @IsOptional() @ValueOf(Day) valueOn?: Day;
  @IsOptional() @IsIn(means) means?: Means;
  /** Under which the partner knows the payment. */
  @IsOptional() @LineOfText({ max: 35 }) reference?: string;
}

class ProposalRequest {
  @IsObject() @ValidateNested() @Type(() => CorrectionRequest) correction!: CorrectionRequest;
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

class RefusalRequest {
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

const item = {
  ...{
    id: wire.uuid,
    account: wire.account,
    fund: wire.fund,
    type: wire.choice(anomalyTypes),
    cause: wire.text,
    origin: wire.choice(origins),
  },
  ...{ openedAt: wire.instant, ageDays: wire.count, assignedTo: wire.orNull(wire.text), assignedAt: wire.orNull(wire.instant) },
  ...{ closedAt: wire.orNull(wire.instant), settledBy: wire.orNull(wire.text), proposedBy: wire.orNull(wire.text) },
};
const proposal = wire.record<Proposal>({
  ...{ id: wire.uuid, correction: wire.anything, reason: wire.text, proposedBy: wire.text, proposedAt: wire.instant },
  ...{ state: wire.choice(['proposed', 'approved', 'refused']), decidedBy: wire.orNull(wire.text), decidedAt: wire.orNull(wire.instant) },
  ...{ decisionReason: wire.orNull(wire.text), facts: wire.listOf(wire.uuid) },
});
const named = wire.record<NamedPayment>({
  ...{ id: wire.uuid, partner: wire.text, flow: wire.text, batch: wire.text, reference: wire.text, amount: wire.euros, valueOn: wire.day },
});
const detail = wire.record<AnomalyDetail>({
  ...item,
  details: wire.mapOf(wire.anything),
  correction: wire.orNull(wire.anything),
  proposals: wire.listOf(proposal),
  payments: wire.listOf(named),
});
interface Page {
  readonly items: readonly WorklistItem[];
  readonly next: string | null;
}
const page = wire.record<Page>({ items: wire.listOf(wire.record<WorklistItem>(item)), next: wire.orNull(wire.uuid) });
const count = wire.record<RegionCount>({
  ...{ fund: wire.fund, open: wire.count, unassigned: wire.count, waitingForApproval: wire.count },
  ...{ byType: wire.mapOf(wire.count), oldestOpenedAt: wire.orNull(wire.instant) },
});

/** The worklist of the joint cell, region by region (F51, F53). */
@Controller('anomalies')
export class WorklistController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  @Get()
  @Answers('Les anomalies de la région, la plus ancienne d’abord ; réglées, la dernière d’abord.', page)
  @Allowed('anomalies.read', { fund: 'query:fund' })
  async list(@Query() query: WorklistQuery, @CurrentAccess() { reach, subject }: Access): Promise<Page> {
    const { state = 'open', limit = 50, assignedTo, ...rest } = query;
    const found = await findWorklist(this.db.manager, {
      ...{ ...rest, today: this.worklist.today, reach, state, limit: limit + 1 },
      ...(assignedTo && { assignedTo: subject.sub }),
    });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Get('counts')
  @Answers(
    'Combien sont ouvertes dans chaque région, de quelle sorte, depuis quand.',
    wire.record<{ regions: unknown }>({ regions: wire.listOf(count) }),
  )
  @Allowed('anomalies.count')
  async counts(): Promise<{ regions: RegionCount[] }> {
    return { regions: await countByRegion(this.db.manager, this.worklist.today) };
  }

  @Get(':id')
  @Answers('L’anomalie, ce que chacun en dit, ce qui est proposé.', detail)
  @Allowed('anomalies.read')
  async read(@Param('id') id: string, @CurrentAccess() access: Access): Promise<AnomalyDetail> {
    const found = uuidPattern.test(id) ? await findAnomaly(this.db.manager, id, this.worklist.today) : undefined;
    if (!found) throw refuse('not-found');
    await access.showing([found.account]);
    return found;
  }

  /** The last word stands: nobody else’s work is undone by it. */
  @Put(':id/assignment')
  @Answers('L’anomalie, prise ou rendue.', detail)
  @Allowed('anomalies.handle')
  async assign(@Param('id') id: string, @Body() { to }: AssignmentRequest, @CurrentAccess() access: Access): Promise<AnomalyDetail> {
    return this.db.transaction((tx) => this.worklist.assign(tx, uuidOf(id), to, access));
  }

  @Post(':id/proposals')
  @Creates()
  @HttpCode(201)
  @Answers('L’anomalie, avec la proposition qui attend une seconde personne.', detail)
  @Allowed('anomalies.handle')
  async propose(
    @Req() request: Request,
    @Param('id') id: string,
    @Body() { correction, reason }: ProposalRequest,
    @CurrentAccess() access: Access,
  ): Promise<AnomalyDetail> {
    const asked = { correction: correctionOf(correction), reason };
    return this.creations.creating(request, (tx) => this.worklist.propose(tx, uuidOf(id), asked, access));
  }

  /** By another person than the proposer: the correcting facts are published, the anomaly is closed with its cause. */
  @Post(':id/proposals/:proposal/approval')
  @HttpCode(200)
  @Answers('L’anomalie, réglée.', detail)
  @Allowed('anomalies.approve')
  async approve(@Param('id') id: string, @Param('proposal') named: string, @CurrentAccess() access: Access): Promise<AnomalyDetail> {
    return this.deciding((tx) => this.worklist.approve(tx, uuidOf(id), uuidOf(named), access));
  }

  @Post(':id/proposals/:proposal/refusal')
  @HttpCode(200)
  @Answers('L’anomalie, toujours ouverte, la proposition refusée.', detail)
  @Allowed('anomalies.approve')
  async refuse(
    @Param('id') id: string,
    @Param('proposal') named: string,
    @Body() { reason }: RefusalRequest,
    @CurrentAccess() access: Access,
  ): Promise<AnomalyDetail> {
    return this.deciding((tx) => this.worklist.refuse(tx, uuidOf(id), { proposal: uuidOf(named), reason }, access));
  }

  /** Decided once: a repeat is answered 409 and says so; it creates nothing that a key would have to guard. */
  private deciding<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }
}

function uuidOf(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
