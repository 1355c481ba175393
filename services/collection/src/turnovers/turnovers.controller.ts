import { Body, Controller, Get, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { explain, type Activity, type MicroExit } from '@isu/calc';
import { Allowed, Answers, Creates, Creations, CurrentAccess, ValueOf, valueOf, type Access } from '@isu/chassis';
import { activities } from '@isu/contracts';
import { AccountNumber, Day, Money } from '@isu/values';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { isMicroEntrepreneur, type Account } from '../accounts/account.js';
import { asMicroIn } from '../accounts/in-year.js';
import { refuse } from '../refusals.js';
import { findOpenAccount } from '../accounts/account.table.js';
import { periodsOf, rhythms, type Period, type Rhythm } from './period.js';
import { turnoverAnswers } from './turnover-answers.js';
import { choiceOf, situationOf, type Choice, type MissingTurnover, type Turnover } from './turnover.js';
import { choicesOf, missingTurnovers, turnoversInForce } from './turnover.table.js';
import { exitOf, TurnoversService } from './turnovers.service.js';

const sources = ['portal', 'agent'] as const;

class TurnoverRequest {
  /** A month or a quarter that is over, by the rhythm chosen. */
  @Matches(/^\d{4}-(?:0[1-9]|1[0-2]|Q[1-4])$/, { message: 'un mois ou un trimestre, « 2016-05 » ou « 2016-Q2 »' }) period!: string;
  @IsIn(activities) activity!: Activity;
  /** Euros received; nil is declared too. */
  @ValueOf(Money) amount!: Money;
  @IsIn(sources) source!: (typeof sources)[number];
}

class TurnoverChoiceRequest {
  @IsIn(rhythms) rhythm!: Rhythm;
  /** Versement libératoire de l’impôt sur le revenu. */
  @IsBoolean() incomeTaxOption!: boolean;
}

class TurnoversQuery {
  /** Default: the current year. */
  @IsOptional() @Matches(/^\d{4}$/, { message: 'une année en quatre chiffres' }) year?: string;
}

export interface ShownPeriod extends Omit<Period, 'begins' | 'year'> {
  /** `awaited`: to be declared now; `missing`: its day has passed. */
  readonly state: 'declared' | 'awaited' | 'missing' | 'to-come';
  readonly declarations: readonly (Turnover & { readonly explanation: unknown })[];
  readonly inItsPlace: MissingTurnover | null;
}

export interface TurnoversOfYear {
  readonly account: string;
  readonly year: number;
  readonly choice: Choice;
  readonly periods: readonly ShownPeriod[];
  readonly exit: MicroExit | null;
}

export interface RecordedTurnover {
  readonly turnover: Turnover;
  readonly dueOn: Day;
  /** What the year comes to; null when nothing changed. */
  readonly yearTotal: Money | null;
  readonly exit: MicroExit | null;
}

@Controller('accounts')
export class TurnoversController {
  constructor(
    @Inject(TurnoversService) private readonly turnovers: TurnoversService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Declares the turnover of a period in one activity; its contributions are due with it. Declared again, it corrects. */
  @Post(':account/turnovers')
  @Creates()
  @Answers('Le chiffre d’affaires est enregistré : ce qui est dû, et quand.', turnoverAnswers.recorded)
  @Allowed('turnovers.declare', { account: 'param:account' })
  async declare(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() said: TurnoverRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<RecordedTurnover> {
    return this.creations.creating(request, async (tx) => {
      const { turnover, period, called, exit } = await this.turnovers.declare(
        tx,
        account.toString(),
        { ...said },
        { cause: null, correlation },
      );
      return { turnover, dueOn: period.dueOn, yearTotal: called?.assessments[0]?.total ?? null, exit };
    });
  }

  /** Monthly or quarterly, and income tax paid with it or not; answers from which year it counts. */
  @Put(':account/turnover-choice')
  @Answers('Le choix, et l’année à partir de laquelle il vaut.', turnoverAnswers.choice)
  @Allowed('turnovers.declare', { account: 'param:account' })
  async choose(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { rhythm, incomeTaxOption }: TurnoverChoiceRequest,
  ): Promise<Choice> {
    return this.db.transaction((tx) => this.turnovers.choose(tx, account.toString(), { rhythm, incomeTaxOption }));
  }

  /** The periods of a year, what was declared in each with its derivation (I6), what is awaited, what stands in the place of what is missing. */
  @Get(':account/turnovers')
  @Answers('Les périodes de l’année.', turnoverAnswers.year)
  @Allowed('turnovers.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) number: AccountNumber, @Query() query: TurnoversQuery): Promise<TurnoversOfYear> {
    const account = await findOpenAccount(this.db, number);
    const today = this.turnovers.today();
    const year = query.year === undefined ? today.year : Number(query.year);
    const micro = asMicroIn(account, year);
    if (!micro && !isMicroEntrepreneur(account)) throw refuse('turnover-of-common-scheme');
    return this.yearOf(micro ?? account, year, today);
  }

  private async yearOf(account: Account, year: number, today: Day): Promise<TurnoversOfYear> {
    const key = account.account;
    const turnovers = (await turnoversInForce(this.db, [key], year)).get(key) ?? [];
    const missing = (await missingTurnovers(this.db, [key], year)).get(key) ?? [];
    const choices = (await choicesOf(this.db, [key])).get(key) ?? [];
    const choice = choiceOf(choices, year);
    const under = { incomeTaxOption: choice.incomeTaxOption, acreFrom: account.told.acreFrom };
    // After the end nothing is awaited, and what it cut short may be declared at once.
    const { startedOn, endedOn } = account;
    const owed = periodsOf(year, choice.rhythm, startedOn).filter(({ from }) => endedOn === null || from.atMost(endedOn));
    const periods = owed.map(({ id, from, to, dueOn }): ShownPeriod => {
      const declarations = turnovers.filter(({ period }) => period === id);
      const explained = declarations.map((each) => ({ ...each, explanation: explain(situationOf(each, under)) }));
      const over = endedOn === null ? to : Day.min(to, endedOn);
      const state = stateOf({ to: over, dueOn }, today, declarations.length > 0);
      return { id, from, to, dueOn, state, declarations: explained, inItsPlace: missing.find(({ period }) => period === id) ?? null };
    });
    return { account: key, year, choice, periods, exit: exitOf(account, turnovers, { year, choices }) };
  }
}

function stateOf({ to, dueOn }: Pick<Period, 'to' | 'dueOn'>, today: Day, isDeclared: boolean): ShownPeriod['state'] {
  if (isDeclared) return 'declared';
  if (dueOn.isBefore(today)) return 'missing';
  return to.isBefore(today) ? 'awaited' : 'to-come';
}
