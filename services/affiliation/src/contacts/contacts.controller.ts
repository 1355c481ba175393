import { Body, Controller, Get, Inject, Param, Put, Req } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, invalidRequest, LineOfText, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { IsEmail, IsOptional, Matches, MaxLength } from 'class-validator';
import type { Request, Response } from 'express';
import { phoneForm, phoneWords } from '../insured-persons/insured-person.js';
import { versionNamed } from '../version-named.js';
import { Contacts, type CurrentContact } from './contacts.js';

/** What is left out stays as it is; null takes it away. */
class ContactRequest {
  @IsOptional() @MaxLength(254) @IsEmail() email?: string | null;
  @IsOptional() @Matches(phoneForm, { message: phoneWords }) phone?: string | null;
  @IsOptional() @LineOfText({ max: 250 }) address?: string | null;
  @IsOptional() @LineOfText({ min: 3, max: 140 }) reason?: string | null;
}

const nothingToCorrect = { field: 'address', code: 'nothing-to-correct', accepted: 'au moins l’un des champs email, phone ou address' };

const currentContact = wire.record<CurrentContact>({
  account: wire.account,
  version: wire.count,
  email: wire.orNull(wire.text),
  phone: wire.orNull(wire.text),
  address: wire.orNull(wire.text),
  changedAt: wire.instant,
  changedBy: wire.orNull({ ...wire.text, description: 'L’organisme de qui a corrigé ; « isu » quand c’est la personne.' }),
});

@Controller('insured-persons')
export class ContactsController {
  constructor(@Inject(Contacts) private readonly contacts: Contacts) {}

  /** How the person is reached, with the version that a correction must name, who gave it and when. */
  @Get(':account/contact')
  @Answers('Les coordonnées en vigueur.', currentContact)
  @Allowed('insured-persons.read-identity', { account: 'param:account' })
  async read(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() access: Access,
    @Req() { res }: Request,
  ): Promise<CurrentContact> {
    return tagged(await this.contacts.read(account, access), res);
  }

  /** Corrects address, e-mail or phone. `If-Match`, when sent, must name the version read before. */
  @Put(':account/contact')
  @Answers('Les coordonnées corrigées.', currentContact)
  @Allowed('insured-persons.correct-contact', { account: 'param:account' })
  async correct(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason = null, ...said }: ContactRequest,
    @CurrentAccess() access: Access,
    @Req() { headers, res }: Request,
  ): Promise<CurrentContact> {
    const contact = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    if (Object.keys(contact).length === 0) throw invalidRequest([nothingToCorrect]);
    return tagged(await this.contacts.correct({ account, contact, reason, read: versionNamed(headers['if-match']) }, access), res);
  }
}

function tagged(contact: CurrentContact, response: Response | undefined): CurrentContact {
  response?.setHeader('etag', `"${String(contact.version)}"`);
  return contact;
}
