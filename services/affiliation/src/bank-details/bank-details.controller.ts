import { Body, Controller, Get, Inject, Param, Put, Req } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Iban } from '@isu/values';
import type { Request, Response } from 'express';
import { versionNamed } from '../version-named.js';
import { BankDetails, type CurrentBankDetails } from './bank-details.js';

class BankDetailsRequest {
  @ValueOf(Iban) iban!: Iban;
}

/** The IBAN is masked whoever asks: only `identity` shows it, to those who must know. */
interface ShownBankDetails {
  readonly account: string;
  readonly version: number;
  readonly iban: string;
}

const shownDetails = wire.record<ShownBankDetails>({ account: wire.account, version: wire.count, iban: wire.text });

@Controller('insured-persons')
export class BankDetailsController {
  constructor(@Inject(BankDetails) private readonly bankDetails: BankDetails) {}

  /** The bank details in force, with the version that a change must name. */
  @Get(':account/bank-details')
  @Answers('Les coordonnées bancaires en vigueur, IBAN masqué.', shownDetails)
  @Allowed('insured-persons.read-identity', { account: 'param:account' })
  async read(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() access: Access,
    @Req() { res }: Request,
  ): Promise<ShownBankDetails> {
    return shown(await this.bankDetails.read(account, access), res);
  }

  /** Replaces the bank details; the next debit and the next refund use them. `If-Match`, when sent, must name the version read before. */
  @Put(':account/bank-details')
  @Answers('Les nouvelles coordonnées bancaires, IBAN masqué.', shownDetails)
  @Allowed('insured-persons.correct-bank-details', { account: 'param:account' })
  async change(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { iban }: BankDetailsRequest,
    @CurrentAccess() access: Access,
    @Req() { headers, res }: Request,
  ): Promise<ShownBankDetails> {
    const read = versionNamed(headers['if-match']);
    return shown(await this.bankDetails.replace({ account, iban, read }, access), res);
  }
}

function shown({ account, version, iban }: CurrentBankDetails, response: Response | undefined): ShownBankDetails {
  response?.setHeader('etag', `"${String(version)}"`);
  return { account, version, iban: iban.masked() };
}
