import { Refusal, refuse as standard, type KnownFlows, type OutgoingMessages } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { recordIncomes, type IncomeToRecord } from '../incomes/recording.js';
import type { Income } from '../incomes/income.js';
import type { Called, SchedulesService } from '../schedules/schedules.service.js';
import { exOfficioNotice } from './ex-officio-notice.js';
import { checkUndeclared, exOfficioBase } from './ex-officio.js';
import { accountsHeld, flowsHold } from './holds.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly flows: Pick<KnownFlows, 'read'>;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly messages: OutgoingMessages;
}

export interface ExOfficio {
  readonly year: number;
  readonly correlation: string;
}

/** `called` is null when the year had been taxed so already. */
export interface TaxedExOfficio {
  readonly income: Income;
  readonly called: Called | null;
}

type Fresh = { readonly account: Account; readonly toRecord: IncomeToRecord };

/** Taxation d'office, faute de déclaration (F18). Once a year and account; any later declaration replaces it whole. */
export class ExOfficioService {
  constructor(private readonly parts: Parts) {}

  async tax(tx: EntityManager, number: string, asked: ExOfficio): Promise<TaxedExOfficio> {
    const account = (await lockAccounts(tx, [number])).get(number);
    if (!account) throw standard('not-found');
    const [answer] = await this.taxAll(tx, [account], asked);
    if (answer instanceof Refusal) throw answer;
    if (!answer) throw new Error('Every account has its answer.');
    return answer;
  }

  /** Of locked accounts, in sets; each gets its decision, or the reason why it is not taxed. */
  async taxAll(tx: EntityManager, accounts: readonly Account[], asked: ExOfficio): Promise<(TaxedExOfficio | Refusal)[]> {
    const { facts, schedules } = this.parts;
    const judged = await this.judgeAll(tx, accounts, asked);
    const fresh = judged.filter((each): each is Fresh => 'toRecord' in each);
    const recorded = await recordIncomes(
      tx,
      facts,
      fresh.map(({ toRecord }) => toRecord),
    );
    const today = clockOf(tx, this.parts.clock).today();
    const trace = { correlation: asked.correlation, years: [asked.year, today.year], civilYear: today.year };
    const called = await schedules.call(
      tx,
      fresh.map(({ account }, rank) => ({
        account,
        cause: recorded[rank]?.fact ?? null,
        ...trace,
        from: firstDayOfChange(account, today),
      })),
    );
    const taxed = new Map(recorded.map((income) => [income.account, { income, called: called.get(income.account) ?? null }]));
    await this.tell(tx, [...taxed.values()], asked.correlation);
    return judged.map((each) => ('toRecord' in each ? (taxed.get(each.account.account) as TaxedExOfficio) : each));
  }

  private async judgeAll(
    tx: EntityManager,
    accounts: readonly Account[],
    { year, correlation }: ExOfficio,
  ): Promise<(Fresh | TaxedExOfficio | Refusal)[]> {
    const numbers = accounts.map(({ account }) => account);
    const today = clockOf(tx, this.parts.clock).today();
    const [known, held] = [await knownIncomes(tx, numbers), await accountsHeld(tx, numbers, year)];
    const heldForAll = flowsHold(await this.parts.flows.read(tx), today);
    return accounts.map((account) => {
      const incomes = known.get(account.account) ?? KnownIncomes.none;
      const undeclared = { account, incomes, year, hold: heldForAll ?? held.get(account.account) ?? null };
      const standing = incomes.settled(year);
      if (standing?.kind === 'ex-officio') return { income: standing, called: null };
      try {
        checkUndeclared(undeclared, today);
        const base = exOfficioBase(undeclared, today);
        const said = { account: account.account, year, kind: 'ex-officio' as const, source: 'caisse', declaredOn: today };
        return { account, toRecord: { ...said, ...base, corrects: undefined, trace: { cause: null, correlation } } };
      } catch (fault) {
        if (fault instanceof Refusal) return fault;
        throw fault;
      }
    });
  }

  private async tell(tx: EntityManager, taxed: readonly TaxedExOfficio[], correlation: string): Promise<void> {
    const writtenOn = clockOf(tx, this.parts.clock).today();
    await this.parts.messages.write(
      tx,
      taxed.map(({ income, called }) => exOfficioNotice(income, { called, writtenOn, correlation })),
    );
  }
}
