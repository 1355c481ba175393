import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Day, Siret } from '@isu/values';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { BusinessesService, type ShownBusinesses } from './businesses.service.js';
import { legalFormCodes, type LegalForm } from './legal-form.js';
import { nafForm, nafWords } from './naf.js';

class BusinessesQuery {
  /** As known at the end of this day. */
  @IsOptional() @ValueOf(Day) knownOn?: Day;
}

class EstablishmentRequest {
  @ValueOf(Siret) siret!: Siret;
  @IsOptional() @Matches(nafForm, { message: nafWords }) naf?: string;
  @ValueOf(Day) openedOn!: Day;
  /** Whether it takes the place of the main one. */
  @IsOptional() @IsBoolean() main?: boolean;
  /** Of the business, when it is another or has another form. */
  @IsOptional() @IsIn(legalFormCodes) legalForm?: LegalForm;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class ClosingRequest {
  @ValueOf(Siret) siret!: Siret;
  @ValueOf(Day) on!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class MainRequest {
  @ValueOf(Siret) siret!: Siret;
  @ValueOf(Day) from!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const shownBusinesses = wire.record<ShownBusinesses>({
  account: wire.account,
  businesses: wire.listOf(
    wire.record<ShownBusinesses['businesses'][number]>({
      siren: wire.text,
      legalForm: wire.orNull(wire.choice(legalFormCodes)),
      legalFormLabel: wire.orNull(wire.text),
    }),
  ),
  establishments: wire.listOf(
    wire.record<ShownBusinesses['establishments'][number]>({
      siret: wire.text,
      naf: wire.orNull(wire.text),
      nafLabel: wire.orNull(wire.text),
      openedOn: wire.day,
      closedOn: wire.orNull(wire.day),
      main: wire.flag,
    }),
  ),
});

@Controller('insured-persons')
export class BusinessesController {
  constructor(
    @Inject(BusinessesService) private readonly businesses: BusinessesService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Businesses by SIREN, establishments by SIRET with their opening and closing days, the main one marked. */
  @Get(':account/establishments')
  @Answers('Les entreprises et leurs établissements.', shownBusinesses)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async read(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { knownOn }: BusinessesQuery,
    @CurrentAccess() access: Access,
  ): Promise<ShownBusinesses> {
    return this.businesses.read(account, access, knownOn);
  }

  @Post(':account/establishments')
  @Creates()
  @Answers('Les entreprises et leurs établissements.', shownBusinesses)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async open(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { naf, main, legalForm, ...body }: EstablishmentRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownBusinesses> {
    const demand = { ...body, naf: naf ?? null, main: main ?? false, legalForm: legalForm ?? null };
    return this.creations.creating(request, (tx) => this.businesses.open(tx, account, demand, access));
  }

  @Post(':account/establishment-closings')
  @Creates()
  @Answers('Les entreprises et leurs établissements.', shownBusinesses)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async close(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: ClosingRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownBusinesses> {
    return this.creations.creating(request, (tx) => this.businesses.close(tx, account, body, access));
  }

  /** Another open establishment becomes the main one. */
  @Post(':account/main-establishment')
  @Creates()
  @Answers('Les entreprises et leurs établissements.', shownBusinesses)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async moveMain(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: MainRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownBusinesses> {
    return this.creations.creating(request, (tx) => this.businesses.moveMain(tx, account, body, access));
  }
}
