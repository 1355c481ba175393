import { declarationDeadline, lastDeclarationDeadline, lateDeclarationPenalty, pricedYears, rulesVersion, type Lateness } from '@isu/calc';
import type { Stage } from '@isu/contracts';
import { Money, type Day } from '@isu/values';
import { isMicroEntrepreneur, yearOfActivity, type Account } from '../accounts/account.js';
import { inYear } from '../accounts/in-year.js';
import type { Insured } from '../accounts/told.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import { linesWhereKnown, type AssessmentLine, type Basis as PricedBasis } from './pricing.js';

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

/** On what a year is assessed, and what is owed beside what that makes of it. */
export interface Basis extends PricedBasis {
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
  if (owesNothing(account, year) || !pricedYears.includes(year)) return null;
  const insured = inYear(account, year);
  const rank = yearOfActivity(insured, year);
  const own = incomes.settled(year);
  if (own) return { stage: 'definitive', income: own, late: own.kind === 'declared' ? latenessOf(insured, incomes, year) : null };
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
 * A year outside every period of activity, or under the micro scheme; an activity begun and ended on the same day, of which nothing was
 * ever due; whatever is owed under another account of the same person, or on that of the head of the business.
 */
export function owesNothing(account: Insured, year: number): boolean {
  const insured = inYear(account, year);
  const { startedOn, endedOn } = insured;
  const isOutside = startedOn.year > year || (endedOn !== null && (endedOn.year < year || endedOn.equals(startedOn)));
  return isMicroEntrepreneur(insured) || isOutside || account.told.mergedInto !== null || isOfTheHead(account, startedOn);
}

/** Somebody insured as a collaborating spouse from the day on which they entered the business: what is due is called on the head's account. */
const isOfTheHead = ({ told }: Insured, startedOn: Day): boolean =>
  told.collaborations.some(({ from, to }) => startedOn.atLeast(from) && (to === null || startedOn.atMost(to)));

/** The last day on which the income of a year is declared in time. Who learned too late that the activity had ended keeps the common one. */
export function declaredInTimeBy({ endedOn, told }: Pick<Insured, 'endedOn' | 'told'>, year: number): Day {
  if (endedOn === null) return declarationDeadline(year);
  const last = lastDeclarationDeadline(year, endedOn);
  return told.endLearnedOn?.atMost(last) ? last : declarationDeadline(year);
}

/**
 * Whether the first declaration of a year came late, or after the caisse had taxed the year ex officio: the penalty is that of the first,
 * on whatever the corrections make of the contributions.
 */
function latenessOf(insured: Insured, incomes: KnownIncomes, year: number): LateDeclaration | null {
  const first = incomes.firstDeclaration(year);
  if (!first) return null;
  const { declaredOn } = first.income;
  if (first.taxedBefore) {
    const onTaxIncome = first.taxedBefore.grounds?.retained === 'tax-income';
    return { lateness: onTaxIncome ? 'after-notice-on-tax-income' : 'after-notice', declaredOn };
  }
  return declaredOn.isAfter(declaredInTimeBy(insured, year)) ? { lateness: 'late', declaredOn } : null;
}

/** What the year owes beside its contributions. */
export interface Beside {
  /** What its turnovers owe, in the year in which somebody passes from one scheme to the other. */
  readonly turnovers?: readonly AssessmentLine[];
  /** The surcharge for an estimate too low that an agent has decided to apply. */
  readonly underEstimate: AssessmentLine | null;
}

/** Prices a year; null when what is in force already says the same, or when the law of that year asks for another income than we know. */
export function assess(
  account: Account,
  year: number,
  { basis, inForce, beside }: { basis: Basis; inForce: Assessment | undefined; beside?: Beside },
): DecidedAssessment | null {
  const contributions = linesWhereKnown(account, year, basis);
  if (contributions === null) return null;
  const { stage, income } = basis;
  const lines = [
    ...(beside?.turnovers ?? []),
    ...contributions,
    ...latePenalty(basis, sumOf(contributions)),
    ...(beside?.underEstimate && stage === 'definitive' ? [beside.underEstimate] : []),
  ];
  if (inForce?.stage === stage && sameLines(inForce.lines, lines)) return null;
  return nextVersion(account.account, { year, stage, lines, inForce, incomeFact: income?.fact ?? null });
}

/**
 * A year of which nothing is owed any more: the activity had ended, another scheme or another account has it. Every line falls to zero.
 * What turnovers make due is theirs to take off, but on an account that was withdrawn.
 */
export function annul({ told }: Pick<Account, 'told'>, inForce: Assessment): DecidedAssessment | null {
  return isOfTurnovers(inForce) && told.mergedInto === null ? null : emptied(inForce);
}

/** The same year with nothing on its lines; null where nothing is on them already. */
export function emptied(inForce: Assessment): DecidedAssessment | null {
  if (inForce.total.isZero) return null;
  const lines = inForce.lines.map(({ code }) => ({ amount: '0', base: '0', code, rate: '0' }));
  return nextVersion(inForce.account, { ...inForce, lines, inForce });
}

function nextVersion(
  account: string,
  {
    year,
    stage,
    lines,
    inForce,
    incomeFact,
  }: Pick<Assessment, 'year' | 'stage' | 'lines' | 'incomeFact'> & { inForce: Assessment | undefined },
): DecidedAssessment {
  const version = (inForce?.version ?? 0) + 1;
  return { account, year, version, stage, lines, total: sumOf(lines), incomeFact, rules: rulesVersion(year) };
}

const sumOf = (lines: readonly AssessmentLine[]): Money => Money.sum(lines.map(({ amount }) => Money.of(amount)));

function latePenalty({ late }: Basis, contributions: Money): AssessmentLine[] {
  if (!late) return [];
  const { base, rate, amount } = lateDeclarationPenalty(contributions, late.lateness, late.declaredOn);
  return amount.isZero ? [] : [{ amount: `${amount}`, base: `${base}`, code: chargedApart.lateDeclaration, rate: `${rate}` }];
}

export const sameLines = (before: readonly AssessmentLine[], after: readonly AssessmentLine[]): boolean =>
  before.length === after.length &&
  before.every((line, rank) => {
    const other = after[rank];
    return line.code === other?.code && line.base === other.base && line.rate === other.rate && line.amount === other.amount;
  });

/** What a new version changes, code by code, zeros left out; positive is more to pay. */
export function differences(before: readonly AssessmentLine[], after: readonly AssessmentLine[]): { code: string; amount: Money }[] {
  const byCode = new Map<string, Money>();
  for (const { code, amount } of after) byCode.set(code, (byCode.get(code) ?? Money.zero).plus(Money.of(amount)));
  for (const { code, amount } of before) byCode.set(code, (byCode.get(code) ?? Money.zero).minus(Money.of(amount)));
  return [...byCode].filter(([, amount]) => !amount.isZero).map(([code, amount]) => ({ code, amount }));
}
