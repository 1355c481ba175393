import { refuse as standard, type OutgoingMessages } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import { AccountNumber, clockOf, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { findOpenAccount, lockAccounts } from '../accounts/account.table.js';
import { assessmentsInForce } from '../assessments/assessment.table.js';
import { explanationWhereKnown } from '../assessments/pricing.js';
import type { Income } from '../incomes/income.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { recordIncomes, type Trace } from '../incomes/recording.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import type { Called, SchedulesService } from '../schedules/schedules.service.js';
import { estimateReceipt } from './estimate-receipt.js';
import { checkEstimate, effectOf, type Estimate, type EstimateEffect, type EstimatePreview } from './estimate.js';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly messages: OutgoingMessages;
}

export interface MadeEstimate {
  readonly income: Income;
  readonly effect: EstimateEffect;
  /** The receipt that will be sent; null when the same estimate stood already. */
  readonly message: string | null;
}

type Reading = Pick<EntityManager, 'query'>;

export class EstimatesService {
  constructor(private readonly parts: Parts) {}

  /**
   * Calls the current year on what the person expects of it (F19–F21): from the first due date at least fifteen days ahead, as often as
   * wanted. The same estimate again changes nothing.
   */
  async make(tx: EntityManager, number: string, estimate: Estimate, trace: Trace): Promise<MadeEstimate> {
    const { clock, facts, schedules, messages } = this.parts;
    const account = (await lockAccounts(tx, [number])).get(number);
    const today = clockOf(tx, clock).today();
    if (!account) throw standard('not-found');
    const known = (await knownIncomes(tx, [number])).get(number) ?? KnownIncomes.none;
    checkEstimate(account, known, estimate, today);
    const standing = await assessmentOf(tx, number, estimate.year);
    const earlier = known.last('estimated', estimate.year);
    if (earlier?.amount.equals(estimate.amount))
      return { income: earlier, effect: effectOf(estimate, await unchanged(tx, number), standing), message: null };

    const said = { ...estimate, account: number, kind: 'estimated' as const, declaredOn: today, corrects: earlier, trace };
    const [income] = await recordIncomes(tx, facts, [said]);
    if (!income) throw new Error('An income recorded is given back.');
    const called = (await schedules.call(tx, [this.callOf(tx, account, { cause: income.fact, correlation: trace.correlation })])).get(
      number,
    );
    if (!called) throw new Error('An account called is given back.');
    const effect = effectOf(estimate, called, standing);
    const [message = null] = await messages.write(tx, [
      estimateReceipt(effect, { account: number, writtenOn: today, correlation: trace.correlation }),
    ]);
    return { income, effect, message };
  }

  /** What `make` would do, by the same decision; nothing is written (F20). */
  async preview(number: AccountNumber, estimate: Estimate): Promise<EstimatePreview> {
    const { db, clock } = this.parts;
    return db.transaction('REPEATABLE READ', async (tx) => {
      const account = await findOpenAccount(tx, number);
      const known = (await knownIncomes(tx, [account.account])).get(account.account) ?? KnownIncomes.none;
      checkEstimate(account, known, estimate, clockOf(tx, clock).today());
      const supposing: Income = {
        ...{ ...estimate, account: account.account, kind: 'estimated', declaredOn: clockOf(tx, clock).today() },
        ...{ fact: '', corrects: null, grounds: null },
      };
      const called = await this.parts.schedules.foresee(tx, {
        ...this.callOf(tx, account, { cause: null, correlation: undefined }),
        supposing,
      });
      const standing = await assessmentOf(tx, account.account, estimate.year);
      const priced = called.assessments.find(({ year }) => year === estimate.year) ?? standing;
      const basis = { stage: priced?.stage ?? ('provisional' as const), income: supposing };
      return { ...effectOf(estimate, called, standing), explanation: explanationWhereKnown(account, estimate.year, basis) };
    });
  }

  private callOf(tx: EntityManager, account: Account, trace: Trace) {
    const today = clockOf(tx, this.parts.clock).today();
    return { account, ...trace, years: [today.year], civilYear: today.year, from: firstDayOfChange(account, today) };
  }
}

const assessmentOf = async (tx: Reading, number: string, year: number) => (await assessmentsInForce(tx, [number])).get(number)?.get(year);

async function unchanged(tx: Reading, number: string): Promise<Called> {
  const standing = (await instalmentsInForce(tx, [number])).get(number) ?? [];
  return { assessments: [], schedules: [], instalments: { before: standing, after: standing } };
}
