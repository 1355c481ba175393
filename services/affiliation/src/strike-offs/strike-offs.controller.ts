import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { IsBoolean, IsIn } from 'class-validator';
import type { Request } from 'express';
import { appealRoutes, strikeOffStates, type StrikeOff } from './strike-off.js';
import { StrikeOffsService } from './strike-offs.service.js';

/** Who is asked whether the activity goes on. */
const bodies = ['urssaf', 'dgfip', 'insee', 'cnavpl', 'cfe'] as const;

class StrikeOffRequest {
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class EvidenceRequest {
  @IsIn(bodies) body!: (typeof bodies)[number];
  /** Whether that body has seen activity. */
  @IsBoolean() active!: boolean;
  @LineOfText({ min: 3, max: 100 }) reason!: string;
}

class NoticeRequest {
  /** Number of the registered letter, or of what proves receipt. */
  @LineOfText({ min: 3, max: 60 }) proof!: string;
}

interface ShownStrikeOff extends StrikeOff {
  readonly appeal: string | null;
}

const shownStrikeOff = wire.record<ShownStrikeOff>({
  id: wire.uuid,
  account: wire.account,
  reason: wire.text,
  openedOn: wire.day,
  lastIncomeYear: wire.orNull(wire.year),
  bodiesUntil: wire.day,
  personToldOn: wire.orNull(wire.day),
  proof: wire.orNull(wire.text),
  personUntil: wire.orNull(wire.day),
  state: wire.choice(strikeOffStates),
  closedOn: wire.orNull(wire.day),
  closedBecause: wire.orNull(wire.text),
  endedOn: wire.orNull(wire.day),
  appeal: wire.orNull({ ...wire.text, description: 'Voies de recours, une fois la décision prise.' }),
});

@Controller('insured-persons')
export class StrikeOffsController {
  constructor(
    @Inject(StrikeOffsService) private readonly strikeOffs: StrikeOffsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get(':account/strike-offs')
  @Answers('Les procédures de radiation d’office, de la plus ancienne à la plus récente.', wire.listOf(shownStrikeOff))
  @Allowed('insured-persons.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<ShownStrikeOff[]> {
    return (await this.strikeOffs.list(account, access)).map(shown);
  }

  /** Two years without income: the other bodies have fifteen days to show that the activity goes on. */
  @Post(':account/strike-offs')
  @Creates()
  @Answers('La procédure.', shownStrikeOff)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async open(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason }: StrikeOffRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownStrikeOff> {
    return shown(await this.creations.creating(request, (tx) => this.strikeOffs.open(tx, account, reason, access)));
  }

  @Post(':account/strike-off-evidence')
  @Creates()
  @Answers('La procédure.', shownStrikeOff)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async hearBody(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: EvidenceRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownStrikeOff> {
    return shown(await this.creations.creating(request, (tx) => this.strikeOffs.hearBody(tx, account, body, access)));
  }

  /** The person was told by a means that proves receipt: they have a month to answer. */
  @Post(':account/strike-off-notices')
  @Creates()
  @Answers('La procédure.', shownStrikeOff)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async tell(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { proof }: NoticeRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownStrikeOff> {
    return shown(await this.creations.creating(request, (tx) => this.strikeOffs.tell(tx, account, proof, access)));
  }

  /** The person answers: the procedure stops. */
  @Post(':account/strike-off-answers')
  @Creates()
  @Answers('La procédure, arrêtée.', shownStrikeOff)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async answer(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason }: StrikeOffRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownStrikeOff> {
    return shown(await this.creations.creating(request, (tx) => this.strikeOffs.answer(tx, account, reason, access)));
  }

  @Post(':account/strike-off-decisions')
  @Creates()
  @Answers('La décision, avec les voies de recours.', shownStrikeOff)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async decide(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason }: StrikeOffRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownStrikeOff> {
    return shown(await this.creations.creating(request, (tx) => this.strikeOffs.decide(tx, account, reason, access)));
  }
}

const shown = (procedure: StrikeOff): ShownStrikeOff => ({ ...procedure, appeal: procedure.state === 'decided' ? appealRoutes : null });
