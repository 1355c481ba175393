import { Refusal, refuse as standard } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import type { Day, BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { firstDayOfChange, type Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { Called, SchedulesService } from '../schedules/schedules.service.js';
import { checkDeclaration, saysTheSame, type DeclareIncome, type Income } from './income.js';
import { knownIncomes } from './income.table.js';
import { KnownIncomes } from './known-incomes.js';
import { recordIncomes, type IncomeToRecord, type Trace } from './recording.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
}

/** A declaration as it came; without a day, it is of the business day. */
export type SaidIncome = Omit<DeclareIncome, 'declaredOn' | 'kind'> & {
  readonly declaredOn?: Day | undefined;
  /** `tax`: what the tax office knows, which is kept for an ex-officio assessment and calls nothing by itself. */
  readonly kind: 'declared' | 'tax';
};

export interface Declaration {
  readonly account: string;
  readonly said: SaidIncome;
  readonly trace: Trace;
}

/** What a declaration made of its account; `called` is null when it changed nothing. */
export interface Declared {
  readonly income: Income;
  readonly called: Called | null;
}

interface Fresh {
  readonly toRecord: IncomeToRecord;
  readonly account: Account;
}
type Judged = Refusal | { readonly declared: Declared } | Fresh;
const isFresh = (judged: Judged): judged is Fresh => !(judged instanceof Refusal) && 'toRecord' in judged;

export class IncomesService {
  constructor(private readonly parts: Parts) {}

  /**
   * Records the declared income of a year and calls what follows from it: the definitive contributions of that year, those of the
   * current year adjusted on it, one calendar for both. A second declaration corrects the first, and any declaration what had been taxed
   * ex officio; the same again changes nothing.
   */
  async declare(tx: EntityManager, account: string, said: SaidIncome, trace: Trace): Promise<Declared> {
    const [answer] = await this.declareAll(tx, [{ account, said, trace }]);
    if (answer instanceof Refusal) throw answer;
    if (!answer) throw new Error('Every declaration has its answer.');
    return answer;
  }

  /**
   * The same for any number of declarations, one an account at most, in sets: a regularisation of many in one transaction. One that is
   * refused changes nothing and keeps nobody else's from being recorded.
   */
  async declareAll(tx: EntityManager, declarations: readonly Declaration[]): Promise<(Declared | Refusal)[]> {
    const { facts, schedules } = this.parts;
    const numbers = declarations.map(({ account }) => account);
    const [accounts, known] = [await lockAccounts(tx, numbers), await knownIncomes(tx, numbers)];
    const judged = declarations.map((each) => this.judge(each, accounts.get(each.account), known.get(each.account) ?? KnownIncomes.none));

    const fresh = judged.filter(isFresh);
    const recorded = await recordIncomes(
      tx,
      facts,
      fresh.map(({ toRecord }) => toRecord),
    );
    const incomeOf = new Map(recorded.map((income) => [income.account, income]));
    const called = await schedules.call(
      tx,
      fresh.filter(({ toRecord }) => toRecord.kind === 'declared').map((each) => this.callOf(each, incomeOf.get(each.account.account))),
    );
    return judged.map((each) => {
      if (!isFresh(each)) return each instanceof Refusal ? each : each.declared;
      const income = incomeOf.get(each.account.account);
      if (!income) throw new Error('Every income recorded is given back.');
      return { income, called: called.get(each.account.account) ?? null };
    });
  }

  private judge({ account: number, said, trace }: Declaration, account: Account | undefined, known: KnownIncomes): Judged {
    if (!account) return standard('not-found');
    const today = this.parts.clock.today();
    const declared = { ...said, declaredOn: said.declaredOn ?? today };
    try {
      checkDeclaration(account, declared, today);
    } catch (fault) {
      if (fault instanceof Refusal) return fault;
      throw fault;
    }
    const earlier = known.correctedBy(declared.kind, declared.year);
    if (earlier && saysTheSame(earlier, declared)) return { declared: { income: earlier, called: null } };
    return { toRecord: { ...declared, account: number, corrects: earlier, trace }, account };
  }

  private callOf({ account, toRecord }: Fresh, income: Income | undefined) {
    const today = this.parts.clock.today();
    return {
      ...{ account, cause: income?.fact ?? null, correlation: toRecord.trace.correlation, years: [toRecord.year, today.year] },
      ...{ civilYear: today.year, from: firstDayOfChange(account, today) },
    };
  }
}
