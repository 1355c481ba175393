import { Controller, Get, Inject, Param } from '@nestjs/common';
import { AccessJournal, Allowed, Answers, refuse, valueOf } from '@isu/chassis';
import { heldFacts } from '@isu/messaging';
import { AccountNumber } from '@isu/values';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { incomesOf } from '../incomes/income.table.js';
import { yearInAddress } from '../year-in-address.js';
import { assessmentAnswers } from './assessment-answers.js';
import { factsOfHistory, versionsOf, type AssessmentVersion } from './assessment-history.js';
import { isChargedApart, isOfTurnovers, sameLines, type Assessment } from './assessment.js';
import { explanationWhereKnown, textsOf } from './pricing.js';
import { assessmentsInForce, assessmentsOf } from './assessment.table.js';

@Controller('accounts')
export class AssessmentsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccessJournal) private readonly journal: AccessJournal,
  ) {}

  /** Every version of every year; the highest of a year is in force. */
  @Get(':account/assessments')
  @Answers('Toutes les versions de toutes les années.', assessmentAnswers.list)
  @Allowed('assessments.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<{ assessments: Assessment[] }> {
    const { account: number } = await findOpenAccount(this.db, account);
    return { assessments: await assessmentsOf(this.db, number) };
  }

  /** What is owed for a year, each line with the rule, the parameters and the arithmetic that gave it (I6). */
  @Get(':account/assessments/:year')
  @Answers('Ce qui est dû pour l’année, expliqué.', assessmentAnswers.explained)
  @Allowed('assessments.read', { account: 'param:account' })
  async explain(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Param('year', yearInAddress) year: number) {
    const person = await findOpenAccount(this.db, account);
    const number = person.account;
    const inForce = (await assessmentsInForce(this.db, [number])).get(number)?.get(year);
    if (!inForce) throw refuse('not-found');
    const income = (await incomesOf(this.db, number)).find(({ fact }) => fact === inForce.incomeFact) ?? null;
    const explanation = isOfTurnovers(inForce) ? null : explanationWhereKnown(person, year, { stage: inForce.stage, income });
    // A year of which nothing is owed any more has nothing to explain.
    const contributions = inForce.lines.filter((line) => !isChargedApart(line));
    const isSaid = explanation !== null && sameLines(contributions, textsOf(explanation.lines));
    return { ...inForce, income, explanation: isSaid ? explanation : null };
  }

  /**
   * Every version of a year, first to last (F23–F25): what was called at each stage, why, and whose word about which income each
   * rests on (N2). Empty for a year that has not been assessed yet.
   */
  @Get(':account/assessments/:year/versions')
  @Answers('Les versions de l’année, de la première à celle en vigueur.', assessmentAnswers.versions)
  @Allowed('assessments.read', { account: 'param:account' })
  async versions(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('year', yearInAddress) year: number,
  ): Promise<{ account: string; year: number; versions: AssessmentVersion[] }> {
    const { account: number } = await findOpenAccount(this.db, account);
    const held = await heldFacts(this.db, number, { types: factsOfHistory });
    const declarations = held.filter(({ fact }) => fact.type === 'collection.income-recorded.v1').map(({ fact }) => fact.correlation);
    const offices = await this.journal.organisationsOf(number, 'incomes.declare', declarations);
    return { account: number, year, versions: versionsOf(held, { year, offices }) };
  }
}
