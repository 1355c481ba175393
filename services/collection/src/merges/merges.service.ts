import { Refusal, type OutgoingMessages } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { lockAccounts, lockGoingOn, saveAccounts } from '../accounts/account.table.js';
import { heard } from '../accounts/told.js';
import { assessmentsInForce } from '../assessments/assessment.table.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { recordIncomes } from '../incomes/recording.js';
import type { Payment, Report } from '../payments/payment.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import type { SurchargesService } from '../surcharges/surcharges.service.js';
import { watchNow } from '../surcharges/watch.table.js';
import type { TurnoversService } from '../turnovers/turnovers.service.js';
import { everyTurnoverInForce } from '../turnovers/turnover.table.js';
import { mergeNotice } from './merge-notice.js';
import { sortIncomes, type Because, type LeftIncome } from './merge.js';
import { movedAmounts, type MovedMoneyService } from './moved-money.service.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly money: MovedMoneyService;
  readonly turnovers: TurnoversService;
  readonly surcharges: SurchargesService;
  readonly messages: OutgoingMessages;
}

type Merged = Fact<'affiliation.account-merged.v1'>;

interface Pair {
  readonly withdrawn: Account;
  readonly into: Account;
}

/** Two accounts of one person are one from now on: the call that was one too many is withdrawn, and the money moved (S3). */
export class MergesService {
  constructor(private readonly parts: Parts) {}

  /**
   * What is called of the account withdrawn falls to nothing, its surcharges were never owed, what was declared there is said again where
   * everything goes on, and the money counts there from the day it was received. All of it in the caller's transaction, once.
   */
  async merge(tx: EntityManager, merged: readonly Merged[]): Promise<void> {
    for (const fact of merged) await this.withdraw(tx, fact);
  }

  /** Money that was reported of an account withdrawn, and has just been posted there, is moved on to the one that goes on. */
  async follow(tx: EntityManager, reports: readonly Report[], posted: ReadonlyMap<string, Account>): Promise<void> {
    const withdrawn = [...posted.values()].filter(({ told }) => told.mergedInto !== null);
    if (withdrawn.length === 0) return;
    const traces = new Map(reports.map(({ id, correlation }) => [id, { cause: id, correlation }]));
    const becauseOf = ({ paymentId }: Payment): Because => traces.get(paymentId) ?? { cause: paymentId, correlation: paymentId };
    const goingOn = await lockGoingOn(tx, withdrawn.map(({ account }) => account)); // prettier-ignore
    for (const account of withdrawn) {
      const into = goingOn.get(account.account);
      if (into) await this.parts.money.put(tx, into, await this.parts.money.take(tx, account, becauseOf));
    }
  }

  private async withdraw(tx: EntityManager, fact: Merged): Promise<void> {
    const { subject, data, correlation } = fact;
    const before = (await lockAccounts(tx, [subject, data.into])).get(subject);
    const today = clockOf(tx, this.parts.clock).today();
    if (!before || before.told.mergedInto !== null) return;
    const into = (await lockGoingOn(tx, [data.into])).get(data.into);
    // Its registration is on its way: the word is set aside, and heard again.
    if (!into) throw new Error('An account goes on under one that nobody has registered here yet.');
    const pair = { withdrawn: { ...before, ...heard(before, fact, today) }, into };
    await saveAccounts(tx, [pair.withdrawn]);
    const because = { cause: fact.id, correlation };

    const taken = await this.parts.money.take(tx, pair.withdrawn, () => because);
    await this.callNothing(tx, pair.withdrawn, because);
    const left = await this.sayIncomesAgain(tx, pair, because);
    const leftPeriods = await this.sayTurnoversAgain(tx, pair, because);
    await this.parts.money.put(tx, into, taken);
    await this.parts.surcharges.review(tx, [subject], today, correlation);
    await watchNow(tx, [into.account], today);
    await this.parts.messages.withdraw(tx, [subject], 'account-merged');
    const told = { withdrawn: subject, into: into.account, ...movedAmounts(taken), left, leftPeriods };
    await this.parts.messages.write(tx, [mergeNotice(told, { writtenOn: today, correlation })]);
  }

  private async callNothing(tx: EntityManager, account: Account, because: Because): Promise<void> {
    const today = clockOf(tx, this.parts.clock).today();
    const years = [...((await assessmentsInForce(tx, [account.account])).get(account.account)?.keys() ?? [])];
    await this.parts.schedules.call(tx, [{ account, ...because, years, civilYear: today.year, from: today, settles: true }]);
  }

  private async sayIncomesAgain(tx: EntityManager, { withdrawn, into }: Pair, because: Because): Promise<readonly LeftIncome[]> {
    const { facts, schedules, clock } = this.parts;
    const today = clockOf(tx, clock).today();
    const known = await knownIncomes(tx, [withdrawn.account, into.account]);
    const of = ({ account }: Account): KnownIncomes => known.get(account) ?? KnownIncomes.none;
    const { moved, left } = sortIncomes({ withdrawn: of(withdrawn), kept: of(into) }, { account: into, today });
    await recordIncomes(
      tx,
      facts,
      moved.map(({ income: { year, kind, amount, source, declaredOn, grounds }, corrects }) => ({
        ...{ account: into.account, year, kind, amount, source, declaredOn, corrects, trace: because },
        ...(grounds === null ? {} : { grounds }),
      })),
    );
    const years = [...new Set([...moved.filter(({ income }) => income.kind !== 'tax').map(({ income }) => income.year), today.year])];
    const from = firstDayOfChange(into, today);
    if (moved.length > 0) await schedules.call(tx, [{ account: into, ...because, years, civilYear: today.year, from }]);
    return left;
  }

  /** Gives the periods of which both accounts said something else. */
  private async sayTurnoversAgain(tx: EntityManager, { withdrawn, into }: Pair, because: Because): Promise<string[]> {
    const [declared, kept] = [await everyTurnoverInForce(tx, withdrawn.account), await everyTurnoverInForce(tx, into.account)];
    const left = new Set<string>();
    for (const { period, activity, amount, source } of declared) {
      const standing = kept.find((each) => each.period === period && each.activity === activity);
      const isSaid = standing === undefined && (await this.declareTurnover(tx, into, { period, activity, amount, source }, because));
      if (!isSaid && !standing?.amount.equals(amount)) left.add(period);
    }
    return [...left];
  }

  /** False where the account that goes on does not declare that period. */
  private async declareTurnover(
    tx: EntityManager,
    { account }: Account,
    said: Parameters<TurnoversService['declare']>[2],
    because: Because,
  ): Promise<boolean> {
    // A savepoint: what is refused half-way leaves nothing of itself.
    return tx
      .transaction((inner) => this.parts.turnovers.declare(inner, account, said, because))
      .then(() => true)
      .catch((fault: unknown) => {
        if (fault instanceof Refusal) return false;
        throw fault;
      });
  }
}
