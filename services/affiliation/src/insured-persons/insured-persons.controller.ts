import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { fundCodes, groups, regimes, type Group, type Regime } from '@isu/contracts';
import { AccountNumber, Day, Iban, Nir, Siret } from '@isu/values';
import { IsEmail, IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { nafForm, nafWords } from '../businesses/naf.js';
import { departmentForm, departmentWords } from '../funds/fund.js';
import { phoneForm, phoneWords, type PersonCard, type ShownIdentity } from './insured-person.js';
import { InsuredPersonsService } from './insured-persons.service.js';

class RegisterRequest {
  @ValueOf(Nir) nir!: Nir;
  @LineOfText({ max: 80 }) familyName!: string;
  @LineOfText({ max: 120 }) givenNames!: string;
  @ValueOf(Day) birthDate!: Day;
  @IsIn(groups) group!: Group;
  @IsIn(regimes) regime: Regime = 'common';
  /** First day of the activity. */
  @ValueOf(Day) startedOn!: Day;
  /** Department of the principal residence: `94`, `2A`, `974`. */
  @Matches(departmentForm, { message: departmentWords }) department!: string;
  /** The caisse, which must be that of the profession and the department. */
  @IsIn(fundCodes) fund!: string;
  @IsOptional() @MaxLength(254) @IsEmail() email?: string;
  @IsOptional() @Matches(phoneForm, { message: phoneWords }) phone?: string;
  @IsOptional() @LineOfText({ max: 250 }) address?: string;
  @IsOptional() @ValueOf(Iban) iban?: Iban;
  /** The main establishment. */
  @IsOptional() @ValueOf(Siret) siret?: Siret;
  /** In the person's own words: « Coiffeuse ». */
  @IsOptional() @LineOfText({ max: 120 }) activity?: string;
  @IsOptional() @Matches(nafForm, { message: nafWords }) naf?: string;
}

export const personCard = wire.record<PersonCard>({
  account: wire.account,
  group: wire.choice(groups),
  regime: wire.choice(regimes),
  fund: wire.fund,
  fundName: wire.text,
  department: wire.text,
  startedOn: wire.day,
  siret: wire.orNull(wire.text),
  activity: wire.orNull(wire.text),
  naf: wire.orNull(wire.text),
  nirStatus: wire.choice(['certified', 'provisional']),
  bankDetailsVersion: wire.orNull(wire.count),
  registeredAt: wire.instant,
  mergedInto: wire.orNull(wire.account),
});
const shownIdentity = wire.record<ShownIdentity>({
  account: wire.account,
  familyName: wire.text,
  givenNames: wire.text,
  birthDate: wire.day,
  email: wire.orNull(wire.text),
  phone: wire.orNull(wire.text),
  address: wire.orNull(wire.text),
  nir: { ...wire.text, description: 'En clair ou masqué, selon qui demande.' },
  iban: wire.orNull({ ...wire.text, description: 'En clair ou masqué, selon qui demande.' }),
});

@Controller('insured-persons')
export class InsuredPersonsController {
  constructor(
    @Inject(InsuredPersonsService) private readonly persons: InsuredPersonsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Affiliates a person: their account exists from now on, and the other services hear of it. */
  @Post()
  @Creates()
  @Answers('La personne est affiliée : sa carte.', personCard)
  @Allowed('insured-persons.register', { fund: 'body:fund' })
  async register(@Req() request: Request, @Body() body: RegisterRequest, @CurrentAccess() access: Access): Promise<PersonCard> {
    const {
      familyName,
      givenNames,
      email = null,
      phone = null,
      address = null,
      iban = null,
      siret,
      activity = null,
      naf = null,
      ...rest
    } = body;
    const identity = { familyName, givenNames, birthDate: body.birthDate.iso, email, phone, address };
    const profession = { siret: siret?.toString() ?? null, activity, naf };
    return this.creations.creating(request, (tx) => this.persons.register(tx, { ...rest, identity, profession, iban }, access));
  }

  @Get(':account')
  @Answers('La carte de la personne, sans rien qui l’identifie.', personCard)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<PersonCard> {
    return this.persons.read(account, access);
  }

  /** Names, birth date, NIR and bank details, masked unless the one who asks must know them; each reading is journaled. */
  @Get(':account/identity')
  @Answers('L’identité.', shownIdentity)
  @Allowed('insured-persons.read-identity', { account: 'param:account' })
  async identity(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() access: Access,
  ): Promise<ShownIdentity> {
    return this.persons.readIdentity(account, access);
  }
}
