import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed, refuse, valueOf } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { incomesOf } from '../incomes/income.table.js';
import { yearInAddress } from '../year-in-address.js';
import { explanationOf, type Assessment } from './assessment.js';
import { assessmentsInForce, assessmentsOf } from './assessment.table.js';

@Controller('accounts')
export class AssessmentsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Every version of every year; the highest of a year is in force. */
  @Get(':account/assessments')
  @Allowed('assessments.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<{ assessments: Assessment[] }> {
    const { account: number } = await findOpenAccount(this.db, account);
    return { assessments: await assessmentsOf(this.db, number) };
  }

  /** What is owed for a year, each line with the rule, the parameters and the arithmetic that gave it (I6). */
  @Get(':account/assessments/:year')
  @Allowed('assessments.read', { account: 'param:account' })
  async explain(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Param('year', yearInAddress) year: number) {
    const person = await findOpenAccount(this.db, account);
    const number = person.account;
    const inForce = (await assessmentsInForce(this.db, [number])).get(number)?.get(year);
    if (!inForce) throw refuse('not-found');
    const income = (await incomesOf(this.db, number)).find(({ fact }) => fact === inForce.incomeFact) ?? null;
    return { ...inForce, income, explanation: explanationOf(person, year, { stage: inForce.stage, income }) };
  }
}
