import { Refusal, refuse as standard } from '@isu/chassis';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock, type Day } from '@isu/values';
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
  /** Before this one. */
  readonly known: KnownIncomes;
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
   * refused changes nothing and keeps nobody else's from being recorded. Who has locked the accounts already hands them in.
   */
  async declareAll(
    tx: EntityManager,
    declarations: readonly Declaration[],
    locked?: ReadonlyMap<string, Account>,
  ): Promise<(Declared | Refusal)[]> {
    const { facts, schedules } = this.parts;
    const numbers = declarations.map(({ account }) => account);
    const accounts = locked ?? (await lockAccounts(tx, numbers));
    const known = await knownIncomes(tx, numbers);
    const today = clockOf(tx, this.parts.clock).today();
    const judged = declarations.map((each) => {
      const its = { account: accounts.get(each.account), known: known.get(each.account) ?? KnownIncomes.none };
      return judge(each, its, today);
    });

    const fresh = judged.filter(isFresh);
    const recorded = await recordIncomes(
      tx,
      facts,
      fresh.map(({ toRecord }) => toRecord),
    );
    const incomeOf = new Map(recorded.map((income) => [income.account, income]));
    const called = await schedules.call(
      tx,
      fresh.flatMap((each) => {
        const income = incomeOf.get(each.account.account);
        return income && each.toRecord.kind === 'declared' ? [callOf(each, income, today)] : [];
      }),
    );
    return judged.map((each) => {
      if (!isFresh(each)) return each instanceof Refusal ? each : each.declared;
      const income = incomeOf.get(each.account.account);
      if (!income) throw new Error('Every income recorded is given back.');
      return { income, called: called.get(each.account.account) ?? null };
    });
  }
}

interface Standing {
  readonly account: Account | undefined;
  readonly known: KnownIncomes;
}

function judge({ account: number, said, trace }: Declaration, { account, known }: Standing, today: Day): Judged {
  if (!account) return standard('not-found');
  const declared = { ...said, declaredOn: said.declaredOn ?? today };
  try {
    checkDeclaration(account, declared, today);
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
  const earlier = known.correctedBy(declared.kind, declared.year);
  if (earlier && saysTheSame(earlier, declared)) return { declared: { income: earlier, called: null } };
  return { toRecord: { ...declared, account: number, corrects: earlier, trace }, account, known };
}

const callOf = ({ account, toRecord, known }: Fresh, income: Income, today: Day) => ({
  ...{ account, cause: income.fact, correlation: toRecord.trace.correlation, years: [toRecord.year, today.year] },
  ...{ civilYear: today.year, from: firstDayOfChange(account, today), known: known.with(income) },
});
