import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { IsIn, Matches } from 'class-validator';
import type { Request } from 'express';
import { Paragraphs } from '../requests.js';
import {
  FundMessagesService,
  messageSubjects,
  type FundMessage,
  type MessageReceipt,
  type MessageSubject,
} from './fund-messages.service.js';

const mostCharacters = 2_000;

class MessageRequest {
  @IsIn(messageSubjects) subject!: MessageSubject;
  @Paragraphs({ max: mostCharacters }) text!: string;
}

class AnswerRequest {
  @Matches(/^M\d{2}-\d{4}-\d{6,12}$/, { message: 'la référence d’un message, par exemple « M12-2016-000001 »' }) reference!: string;
  @Paragraphs({ max: mostCharacters }) text!: string;
}

const receiptFields = {
  reference: wire.text,
  account: wire.account,
  fund: wire.fund,
  subject: wire.choice(messageSubjects),
  receivedAt: wire.instant,
  answerBy: wire.day,
  answeredAt: wire.orNull(wire.instant),
};
const receipt = wire.record<MessageReceipt>(receiptFields);
const fundMessage = wire.record<FundMessage>({ ...receiptFields, text: wire.text, answer: wire.orNull(wire.text) });

@Controller()
export class FundMessagesController {
  constructor(
    @Inject(FundMessagesService) private readonly messages: FundMessagesService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get('insured-persons/:account/fund-messages')
  @Answers('Les messages à la caisse et leurs réponses.', wire.listOf(fundMessage))
  @Allowed('insured-persons.request', { account: 'param:account' })
  async ofPerson(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() access: Access,
  ): Promise<FundMessage[]> {
    return this.messages.ofPerson(account, access);
  }

  /** Writes to the caisse: the answer is the receipt, with its reference and the day by which an answer is owed. */
  @Post('insured-persons/:account/fund-messages')
  @Creates()
  @Answers('L’accusé de réception.', receipt)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async send(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: MessageRequest,
    @CurrentAccess() access: Access,
  ): Promise<MessageReceipt> {
    return this.creations.creating(request, (tx) => this.messages.send(tx, account, body, access));
  }

  @Post('insured-persons/:account/fund-message-answers')
  @Creates()
  @Answers('La réponse est enregistrée.', receipt)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async answer(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: AnswerRequest,
    @CurrentAccess() access: Access,
  ): Promise<MessageReceipt> {
    return this.creations.creating(request, (tx) => this.messages.answer(tx, account, body, access));
  }

  /** What waits for an answer at the caisse. */
  @Get('funds/:code/messages')
  @Answers('Les messages sans réponse, du plus ancien au plus récent.', wire.listOf(fundMessage))
  @Allowed('funds.read-messages', { fund: 'param:code' })
  async waiting(@Param('code') code: string, @CurrentAccess() access: Access): Promise<FundMessage[]> {
    return this.messages.waiting(code, access);
  }
}
