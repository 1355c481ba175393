import { Body, Controller, Inject, Param, Put, Req } from '@nestjs/common';
import { Allowed, CurrentAccess, refuse, setScope, ValueOf, valueOf, type Access } from '@isu/chassis';
import { AccountNumber, Iban } from '@isu/values';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findPerson, lockPerson } from '../insured-persons/insured-person.table.js';
import { BankDetails } from './bank-details.js';

class BankDetailsRequest {
  @ValueOf(Iban) iban!: Iban;
}

interface BankDetailsAnswer {
  readonly account: string;
  readonly version: number;
  readonly iban: string;
}

@Controller('insured-persons')
export class BankDetailsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BankDetails) private readonly bankDetails: BankDetails,
  ) {}

  /** Replaces the bank details; the next debit and the next refund use them. `If-Match`, when sent, must name the version read before. */
  @Put(':account/bank-details')
  @Allowed('insured-persons.correct-bank-details', { account: 'param:account' })
  async change(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { iban }: BankDetailsRequest,
    @CurrentAccess() access: Access,
    @Req() request: Request,
  ): Promise<BankDetailsAnswer> {
    const ifMatch = request.headers['if-match'];
    const version = await this.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const person = await lockPerson(tx, account.toString());
      if (!person) throw refuse('not-found');
      const current = await findPerson(tx, account.toString());
      if (ifMatch !== undefined && ifMatch !== etagOf(current?.bankDetailsVersion ?? 0)) throw refuse('precondition-failed');
      return this.bankDetails.change(tx, { account, ...person, iban, by: access.subject.sub });
    });
    request.res?.setHeader('etag', etagOf(version));
    return { account: account.toString(), version, iban: iban.masked() };
  }
}

const etagOf = (version: number): string => `"${String(version)}"`;
