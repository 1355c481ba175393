import { refuse as standard } from '@isu/chassis';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { paymentsOf } from '../payments/payment.table.js';
import { refuse } from '../refusals.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { surchargeLine, underEstimateOf, type UnderEstimateDecision } from './under-estimate.js';
import { saveDecision } from './under-estimate.table.js';
import type { UnderEstimate } from '@isu/calc';

export interface DecideSurcharge {
  readonly year: number;
  readonly applies: boolean;
  readonly reason: string;
  readonly decidedBy: string;
  readonly correlation: string;
}

/** The surcharge is computed and shown; an agent alone applies it (in practice it never was). */
export class UnderEstimatesService {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly clock: BusinessClock,
  ) {}

  async decide(tx: EntityManager, number: string, { correlation, ...said }: DecideSurcharge): Promise<UnderEstimateDecision> {
    const account = (await lockAccounts(tx, [number])).get(number);
    const today = clockOf(tx, this.clock).today();
    if (!account) throw standard('not-found');
    const surcharge = await this.surchargeOf(tx, account, said.year);
    if (!surcharge) throw refuse('no-surcharge-to-decide', { year: said.year });
    const line = said.applies ? surchargeLine(surcharge) : null;
    const decision = { ...said, account: number, line, decidedOn: today };
    await saveDecision(tx, decision);
    const trace = { cause: null, correlation, years: [said.year], civilYear: today.year };
    await this.schedules.call(tx, [{ account, ...trace, from: firstDayOfChange(account, today) }]);
    return decision;
  }

  async surchargeOf(tx: Pick<EntityManager, 'query'>, account: Account, year: number): Promise<UnderEstimate | null> {
    const incomes = (await knownIncomes(tx, [account.account])).get(account.account) ?? KnownIncomes.none;
    const payments = await paymentsOf(tx, { account: account.account, from: undefined, to: undefined });
    return underEstimateOf(account, year, { incomes, payments });
  }
}
