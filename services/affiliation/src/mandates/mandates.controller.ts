import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { digestPattern, rumPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, Equals, IsArray, Matches } from 'class-validator';
import type { Request } from 'express';
import type { Mandate, MandateText } from './mandate.js';
import { MandatesService, type DebitDetails } from './mandates.service.js';

class SignatureRequest {
  /** Of the text that was shown. */
  @Matches(digestPattern, { message: 'l’empreinte du texte présenté' }) digest!: string;
  /** « J’ai lu ce mandat et je le signe. » */
  @Equals(true, { message: 'true : vous signez ce mandat' }) accepted!: true;
}

class RevocationRequest {
  @Matches(rumPattern, { message: 'la référence unique du mandat (RUM)' }) rum!: string;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const mostAccounts = 1_000;

class DebitDetailsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostAccounts)
  @ArrayUnique(String)
  @ValueOf(AccountNumber, { each: true })
  accounts!: AccountNumber[];
}

const mandate = wire.record<Mandate>({
  rum: wire.text,
  ics: wire.text,
  signedOn: wire.day,
  bankDetailsVersion: wire.count,
  revokedOn: wire.orNull(wire.day),
});
const mandateText = wire.record<MandateText>({
  rum: wire.text,
  ics: wire.text,
  bankDetailsVersion: wire.count,
  text: wire.text,
  digest: wire.digest,
});
const debitDetails = wire.record<DebitDetails>({
  account: wire.account,
  version: wire.count,
  name: wire.text,
  iban: wire.text,
  rum: wire.orNull(wire.text),
  ics: wire.orNull(wire.text),
  signedOn: wire.orNull(wire.day),
});

@Controller()
export class MandatesController {
  constructor(
    @Inject(MandatesService) private readonly mandates: MandatesService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get('insured-persons/:account/mandates')
  @Answers('Les mandats de prélèvement, du plus ancien au plus récent.', wire.listOf(mandate))
  @Allowed('insured-persons.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<Mandate[]> {
    return this.mandates.list(account, access);
  }

  /** The text to sign, with the IBAN masked, and its digest, which the signature must repeat. */
  @Get('insured-persons/:account/mandate-text')
  @Answers('Le mandat à signer.', mandateText)
  @Allowed('insured-persons.correct-bank-details', { account: 'param:account' })
  async text(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<MandateText> {
    return this.mandates.text(account, access);
  }

  /** Signs the mandate that was read. */
  @Post('insured-persons/:account/mandates')
  @Creates()
  @Answers('Le mandat signé.', mandate)
  @Allowed('insured-persons.correct-bank-details', { account: 'param:account' })
  async sign(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { digest }: SignatureRequest,
    @CurrentAccess() access: Access,
  ): Promise<Mandate> {
    return this.creations.creating(request, (tx) => this.mandates.sign(tx, account, digest, access));
  }

  @Post('insured-persons/:account/mandate-revocations')
  @Creates()
  @Answers('Le mandat révoqué.', mandate)
  @Allowed('insured-persons.correct-bank-details', { account: 'param:account' })
  async revoke(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: RevocationRequest,
    @CurrentAccess() access: Access,
  ): Promise<Mandate> {
    return this.creations.creating(request, (tx) => this.mandates.revoke(tx, account, body, access));
  }

  /** For a debit or a refund run of collection, which holds them in memory only: IBANs in clear, a thousand accounts at most. */
  @Post('debit-details')
  @HttpCode(200)
  @Answers('Le nom, l’IBAN en vigueur et le mandat de chaque compte qui en a.', wire.listOf(debitDetails))
  @Allowed('debit-details.read')
  async debitDetails(@Body() { accounts }: DebitDetailsRequest, @CurrentAccess() access: Access): Promise<DebitDetails[]> {
    return this.mandates.debitDetails(accounts, access);
  }
}
