import {
  declarationDeadline,
  explain,
  lateDeclarationPenalty,
  price,
  pricedYears,
  PricingRefusal,
  readSituation,
  type Breakdown,
  type ExplainedBreakdown,
  type Lateness,
} from '@isu/calc';
import type { Stage } from '@isu/contracts';
import { Money, Rate, Year, type Day } from '@isu/values';
import { isMicroEntrepreneur, yearOfActivity, type Account } from '../accounts/account.js';
import type { Income } from '../incomes/income.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';

/** One contribution of an assessment, in the texts of its fact. */
export interface AssessmentLine {
  readonly code: string;
  readonly base: string;
  readonly rate: string;
  readonly amount: string;
}

/** What is owed for a contribution year: the highest version is in force. */
export interface Assessment {
  readonly account: string;
  readonly year: number;
  readonly version: number;
  readonly stage: Stage;
  readonly lines: readonly AssessmentLine[];
  readonly total: Money;
  readonly incomeFact: string | null;
  readonly rules: string;
  readonly accountingDay: string;
}

/** A year of turnovers is explained period by period, where they are declared, and not as one income. */
export const isOfTurnovers = ({ lines }: Pick<Assessment, 'lines'>): boolean =>
  lines.some(({ code }) => code === 'micro-social' || code === 'penalite-declaration-manquante');

/** An assessment that has been decided and not booked yet. */
export type DecidedAssessment = Omit<Assessment, 'accountingDay'>;

/** On what a year is assessed, and what that makes of it. */
export interface Basis {
  readonly stage: Stage;
  /** Absent for the flat base of a start of activity. */
  readonly income: Income | null;
  /** The declaration came late: since when, and after what (CSS R. 242-14, R. 131-2). */
  readonly late?: LateDeclaration | null;
}

export interface LateDeclaration {
  readonly lateness: Lateness;
  readonly declaredOn: Day;
}

/** Added to a year apart from its contributions, and recovered like them. The fold and the ledger see lines like the others. */
export const chargedApart = { lateDeclaration: 'penalite-declaration-tardive', underEstimate: 'majoration-estimation' } as const;
const codesChargedApart: ReadonlySet<string> = new Set(Object.values(chargedApart));
export const isChargedApart = ({ code }: { code: string }): boolean => codesChargedApart.has(code);

/**
 * The best that is known of a contribution year (CSS art. L. 131-6-2): its own income, declared or taxed ex officio; else what the person
 * estimates it to be; else a flat base for the first civil year of activity; else the income of the year before; else a flat base for the
 * second civil year; else the income of two years before. Null when nothing is known, or when nothing is assessed this way
 * (micro-entrepreneur, year outside the activity). A year that is over before the current one waits for its own income: it gets nothing
 * provisional any more.
 */
export function basisOf(
  account: Account,
  incomes: KnownIncomes,
  { year, currentYear }: { year: number; currentYear: number },
): Basis | null {
  const rank = yearOfActivity(account, year);
  const hasEnded = account.endedOn !== null && account.endedOn.year < year;
  if (isMicroEntrepreneur(account) || hasEnded || rank < 1 || !pricedYears.includes(year)) return null;
  const own = incomes.settled(year);
  if (own) return { stage: 'definitive', income: own, late: own.kind === 'declared' ? latenessOf(incomes, year) : null };
  if (year < currentYear) return null;
  const estimate = incomes.last('estimated', year);
  if (estimate) return { stage: 'provisional', income: estimate };
  if (rank === 1) return { stage: 'flat-first-year', income: null };
  const lastYear = incomes.settled(year - 1);
  if (lastYear) return { stage: 'adjusted', income: lastYear };
  if (rank === 2) return { stage: 'flat-second-year', income: null };
  const yearBefore = incomes.settled(year - 2);
  return yearBefore ? { stage: 'provisional', income: yearBefore } : null;
}

/**
 * Whether the first declaration of a year came late, or after the caisse had taxed the year ex officio: the penalty is that of the first,
 * on whatever the corrections make of the contributions.
 */
function latenessOf(incomes: KnownIncomes, year: number): LateDeclaration | null {
  const first = incomes.firstDeclaration(year);
  if (!first) return null;
  const { declaredOn } = first.income;
  if (first.taxedBefore) {
    const onTaxIncome = first.taxedBefore.grounds?.retained === 'tax-income';
    return { lateness: onTaxIncome ? 'after-notice-on-tax-income' : 'after-notice', declaredOn };
  }
  return declaredOn.isAfter(declarationDeadline(year)) ? { lateness: 'late', declaredOn } : null;
}

/** What the year owes beside its contributions. */
export interface Beside {
  /** The surcharge for an estimate too low that an agent has decided to apply. */
  readonly underEstimate: AssessmentLine | null;
}

/** Prices a year; null when what is in force already says the same, or when the law of that year asks for another income than we know. */
export function assess(
  account: Account,
  year: number,
  { basis, inForce, beside }: { basis: Basis; inForce: Assessment | undefined; beside?: Beside },
): DecidedAssessment | null {
  const priced = priceWhereKnown(account, year, basis);
  if (priced === null) return null;
  const { rules } = priced;
  const apart = [
    ...latePenalty(basis, priced.total),
    ...(beside?.underEstimate && basis.stage === 'definitive' ? [beside.underEstimate] : []),
  ];
  const texts = [...textsOf(priced.lines), ...apart];
  const total = Money.sum(texts.map(({ amount }) => Money.of(amount)));
  if (inForce?.stage === basis.stage && sameLines(inForce.lines, texts)) return null;
  const version = (inForce?.version ?? 0) + 1;
  return {
    account: account.account,
    year,
    version,
    stage: basis.stage,
    lines: texts,
    total,
    incomeFact: basis.income?.fact ?? null,
    rules,
  };
}

function latePenalty({ late }: Basis, contributions: Money): AssessmentLine[] {
  if (!late) return [];
  const { base, rate, amount } = lateDeclarationPenalty(contributions, late.lateness, late.declaredOn);
  return amount.isZero ? [] : [{ code: chargedApart.lateDeclaration, base: `${base}`, rate: `${rate}`, amount: `${amount}` }];
}

export const textsOf = (lines: Breakdown['lines']): AssessmentLine[] =>
  lines.map(({ code, base, rate, amount }) => ({ code, base: `${base}`, rate: `${rate}`, amount: `${amount}` }));

export const sameLines = (before: readonly AssessmentLine[], after: readonly AssessmentLine[]): boolean =>
  before.length === after.length &&
  before.every((line, rank) => {
    const other = after[rank];
    return line.code === other?.code && line.base === other.base && line.rate === other.rate && line.amount === other.amount;
  });

/** What of a person counts in the price of a year. */
export type Insured = Pick<Account, 'group' | 'startedOn' | 'endedOn'>;

export const priceOf = (account: Insured, year: number, basis: Basis): Breakdown => price(situationOf(account, year, basis));

const priceWhereKnown = (account: Insured, year: number, basis: Basis): Breakdown | null => whereKnown(() => priceOf(account, year, basis));

export const explanationWhereKnown = (account: Insured, year: number, basis: Basis): ExplainedBreakdown | null =>
  whereKnown(() => explanationOf(account, year, basis));

/** From 2025 the law retains the gross income: a year that only the net one is known for waits for the declaration that says it. */
function whereKnown<T>(priced: () => T): T | null {
  try {
    return priced();
  } catch (fault) {
    if (fault instanceof PricingRefusal && fault.code === 'field-not-of-year') return null;
    throw fault;
  }
}

/** The same figures with their derivation (I6). */
export const explanationOf = (account: Insured, year: number, basis: Basis): ExplainedBreakdown =>
  explain(situationOf(account, year, basis));

function situationOf(account: Insured, year: number, { stage, income }: Basis) {
  const { startedOn, endedOn, group } = account;
  const startCounts = startedOn.year === year || stage === 'flat-second-year';
  return readSituation({
    ...{ year, status: group, stage },
    ...(income === null ? {} : { income: retainedIncome(account, year, income).toString() }),
    ...(startCounts ? { startedOn: startedOn.iso } : {}),
    ...(endedOn?.year === year ? { endedOn: endedOn.iso } : {}),
  });
}

/**
 * The income of an incomplete first year, used for another year, is first brought to a whole one (contributions are called on a
 * year's earnings): 9 200 € earned in 184 days of 366 make 18 300 €. To the nearest euro, as bases are.
 */
export function retainedIncome(account: Insured, year: number, income: Income): Money {
  const part = partOfYearEarned(account, year, income);
  return part === null ? income.amount : income.amount.times(Rate.ratio(part.yearDays, part.activeDays)).roundedToEuro();
}

/** Over how many days the income was earned, where it is brought to a whole year; null where it counts as it is. */
export function partOfYearEarned({ startedOn }: Insured, year: number, { year: earnedIn, kind }: Income): PartOfYear | null {
  if (earnedIn === year || earnedIn !== startedOn.year || kind === 'ex-officio') return null;
  const { days, last } = Year.of(earnedIn);
  return { activeDays: startedOn.daysUntil(last) + 1, yearDays: days };
}

export interface PartOfYear {
  readonly activeDays: number;
  readonly yearDays: number;
}

/** What a new version changes, code by code, zeros left out; positive is more to pay. */
export function differences(before: readonly AssessmentLine[], after: readonly AssessmentLine[]): { code: string; amount: Money }[] {
  const byCode = new Map<string, Money>();
  for (const { code, amount } of after) byCode.set(code, (byCode.get(code) ?? Money.zero).plus(Money.of(amount)));
  for (const { code, amount } of before) byCode.set(code, (byCode.get(code) ?? Money.zero).minus(Money.of(amount)));
  return [...byCode].filter(([, amount]) => !amount.isZero).map(([code, amount]) => ({ code, amount }));
}
