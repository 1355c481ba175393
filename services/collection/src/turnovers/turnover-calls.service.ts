import { Money } from '@isu/values';
import { rulesVersion } from '@isu/calc';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { asMicroIn, isMixed } from '../accounts/in-year.js';
import { emptied, isOfTurnovers, sameLines, type Assessment, type DecidedAssessment } from '../assessments/assessment.js';
import type { AssessmentsService } from '../assessments/assessments.service.js';
import { assessmentsInForce } from '../assessments/assessment.table.js';
import { sameInstalments, type DebtLine, type Instalment } from '../schedules/schedule.js';
import { instalmentsInForce, schedulesInForce } from '../schedules/schedule.table.js';
import type { Called, Planned, SchedulesService } from '../schedules/schedules.service.js';
import { periodsOf } from './period.js';
import { periodLinesOf } from './turnover-lines.js';
import { choiceOf, linesOfYear, type Choice, type PeriodLine } from './turnover.js';
import { choicesOf } from './turnover.table.js';

interface CalledYear {
  readonly account: Account;
  readonly year: number;
  readonly cause: string | null;
  readonly correlation: string | undefined;
}

/**
 * Calls what the turnovers of a year make due. A year is one assessment of all its periods, an instalment for each; what is paid beyond a
 * period is credit. The accounts are locked by the caller; any number of them, in sets.
 */
export class TurnoverCallsService {
  constructor(
    private readonly assessments: AssessmentsService,
    private readonly schedules: SchedulesService,
  ) {}

  async call(tx: EntityManager, accounts: readonly Account[], asked: Omit<CalledYear, 'account'>): Promise<Map<string, Called>> {
    const numbers = accounts.map(({ account }) => account);
    const { year } = asked;
    const [lines, choices] = [await periodLinesOf(tx, accounts, year), await choicesOf(tx, numbers)];
    const mixed = await this.mixed(tx, accounts, asked);
    const [assessments, schedules] = [await assessmentsInForce(tx, numbers), await schedulesInForce(tx, numbers)];
    const instalments = await instalmentsInForce(tx, numbers);
    const planned = accounts.map((account): Planned => {
      const number = account.account;
      const choice = choiceOf(choices.get(number) ?? [], year);
      const before = assessments.get(number) ?? new Map<number, Assessment>();
      const asks = { account, ...asked, lines: lines.get(number) ?? [], choice, mixed: mixed.get(number) ?? null };
      return planOf(asks, { before, schedule: schedules.get(number)?.get(year), instalments: instalments.get(number) ?? [] });
    });
    return this.schedules.carryOut(tx, planned);
  }

  /** In the year in which somebody passes from one scheme to the other, the whole of it is assessed together. */
  private async mixed(
    tx: EntityManager,
    accounts: readonly Account[],
    { year, cause, correlation }: Omit<CalledYear, 'account'>,
  ): Promise<Map<string, { readonly fresh: DecidedAssessment | null }>> {
    const concerned = accounts.filter((account) => isMixed(account, year));
    if (concerned.length === 0) return new Map();
    const occasions = concerned.map((account) => ({ account, cause, correlation, years: [year] }));
    const decisions = await this.assessments.decide(tx, occasions);
    return new Map(
      decisions.map(({ occasion, fresh }) => [occasion.account.account, { fresh: fresh.find((each) => each.year === year) ?? null }]),
    );
  }
}

interface Asks extends CalledYear {
  readonly lines: readonly PeriodLine[];
  readonly choice: Choice;
  /** What is assessed of a year under both schemes; null where turnovers are all there is. */
  readonly mixed: { readonly fresh: DecidedAssessment | null } | null;
}

interface Standing {
  readonly before: ReadonlyMap<number, Assessment>;
  readonly schedule: { readonly version: number; readonly fact: string } | undefined;
  readonly instalments: readonly Instalment[];
}

function planOf(asks: Asks, { before, schedule, instalments }: Standing): Planned {
  const { account, year, cause, correlation, choice } = asks;
  const fresh = asks.mixed ? asks.mixed.fresh : assessmentOf(asks, before.get(year));
  const was = instalments.filter((instalment) => instalment.schedule === year);
  const others = was.filter(({ means }) => means !== 'online');
  const is = [
    ...others,
    ...instalmentsOf(
      asks,
      was.filter(({ means }) => means === 'online'),
    ),
  ].sort(byDueDate);
  const issued = sameInstalments(was, is)
    ? []
    : [
        {
          schedule: {
            ...{ account: account.account, year, version: (schedule?.version ?? 0) + 1, fact: '' },
            periodicity: others.length > 0 ? account.periodicity : choice.rhythm === 'monthly' ? ('monthly-5' as const) : choice.rhythm,
          },
          was,
          instalments: is,
          replaces: schedule?.fact,
        },
      ];
  const call = { account, cause, correlation, years: [year], civilYear: year, from: account.startedOn };
  const after = [...instalments.filter((instalment) => instalment.schedule !== year), ...is];
  return {
    call,
    decision: { occasion: call, before, fresh: fresh ? [fresh] : [], estimated: new Set() },
    before: instalments,
    after,
    issued,
  };
}

const byDueDate = (a: Instalment, b: Instalment): number => a.dueOn.compare(b.dueOn) || (a.id < b.id ? -1 : 1);

function assessmentOf({ account, year, lines: ofPeriods }: Asks, inForce: Assessment | undefined): DecidedAssessment | null {
  const lines = linesOfYear(ofPeriods);
  if (lines.length === 0) return inForce && isOfTurnovers(inForce) ? emptied(inForce) : null;
  if (inForce && sameLines(inForce.lines, lines)) return null;
  const total = Money.sum(lines.map(({ amount }) => Money.of(amount)));
  const version = (inForce?.version ?? 0) + 1;
  return { account: account.account, year, version, stage: 'definitive', lines, total, incomeFact: null, rules: rulesVersion(year) };
}

/** One instalment a period; what was paid of a line beyond what it asks now is paid no more: it will be credit. */
function instalmentsOf({ account, year, lines, choice }: Asks, was: readonly Instalment[]): Instalment[] {
  const periods = new Map(
    periodsOf(year, choice.rhythm, (asMicroIn(account, year) ?? account).startedOn).map((period) => [period.id, period]),
  );
  const ids = [...new Set([...was.map(({ id }) => id), ...lines.map(({ period }) => period)])].sort();
  return ids.map((id): Instalment => {
    const standing = was.find((instalment) => instalment.id === id);
    const dueOn = standing?.dueOn ?? periods.get(id)?.dueOn;
    if (!dueOn) throw new Error('A period that is asked for has its day.');
    return {
      id,
      schedule: year,
      dueOn,
      means: 'online',
      lines: debtLines(
        year,
        lines.filter(({ period }) => period === id),
        standing,
      ),
    };
  });
}

function debtLines(year: number, asked: readonly PeriodLine[], standing: Instalment | undefined): DebtLine[] {
  const amounts = new Map<string, Money>();
  for (const { code, amount } of asked) amounts.set(code, (amounts.get(code) ?? Money.zero).plus(Money.of(amount)));
  const paid = new Map((standing?.lines ?? []).map((line) => [line.code, line.paid]));
  return [...new Set([...amounts.keys(), ...paid.keys()])].flatMap((code): DebtLine[] => {
    const amount = amounts.get(code) ?? Money.zero;
    return amount.isZero ? [] : [{ year, code, amount, paid: Money.min(paid.get(code) ?? Money.zero, amount) }];
  });
}
