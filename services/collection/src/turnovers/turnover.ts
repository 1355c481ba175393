import {
  microReliefRunsOn,
  missingDeclarations,
  price,
  pricedYears,
  readSituation,
  type Activity,
  type Breakdown,
  type Situation,
} from '@isu/calc';
import { Day, Money, Quarter } from '@isu/values';
import { isMicroEntrepreneur, mustGoOn, type Account } from '../accounts/account.js';
import { asMicroIn } from '../accounts/in-year.js';
import type { AssessmentLine } from '../assessments/pricing.js';
import { refuse } from '../refusals.js';
import { periodsOf, type Period, type Rhythm } from './period.js';

/** What an account chose, from a year on; without a choice it declares quarterly. */
export interface Choice {
  readonly fromYear: number;
  readonly rhythm: Rhythm;
  /** Versement libératoire de l’impôt sur le revenu. */
  readonly incomeTaxOption: boolean;
}

/** The turnover of a period in one activity, as it was said to us. */
export interface Turnover {
  /** Id of the fact that recorded it. */
  readonly fact: string;
  readonly account: string;
  readonly period: string;
  readonly activity: Activity;
  readonly amount: Money;
  readonly source: string;
  readonly declaredOn: Day;
  readonly corrects: string | null;
}

/** A period nobody declared by the year's last due date: a penalty that stays, contributions that the declaration replaces. */
export interface MissingTurnover {
  readonly account: string;
  readonly period: string;
  readonly activity: Activity;
  readonly penalty: Money;
  readonly provisional: Money;
  readonly expressions: { readonly penalty: string; readonly provisional: string };
  readonly decidedOn: Day;
}

export type DeclareTurnover = Pick<Turnover, 'period' | 'activity' | 'amount' | 'source'>;

export const choiceOf = (choices: readonly Choice[], year: number): Choice =>
  choices.filter(({ fromYear }) => fromYear <= year).at(-1) ?? { fromYear: year, rhythm: 'quarterly', incomeTaxOption: false };

/** Nobody in the micro scheme sells as much. */
const largestTurnover = Money.euros(99_999_999);

/** The period named, if it may be declared; refused, with what to do instead, otherwise. */
export function checkTurnover(known: Account, choices: readonly Choice[], { period: id, amount }: DeclareTurnover, today: Day): Period {
  mustGoOn(known);
  const year = Number(id.slice(0, 4));
  const account = asMicroIn(known, year) ?? (isMicroEntrepreneur(known) ? known : null);
  if (!account) throw refuse('turnover-of-common-scheme');
  if (!pricedYears.includes(year))
    throw refuse('turnover-year-not-priced', { earliest: pricedYears[0] ?? year, latest: pricedYears.at(-1) ?? year });
  const { rhythm } = choiceOf(choices, year);
  if (/Q/.test(id) !== (rhythm === 'quarterly')) throw refuse('turnover-of-other-rhythm', { rhythm });
  const period = periodsOf(year, rhythm, account.startedOn).find((each) => each.id === id);
  if (!period) throw refuse('turnover-before-first', { first: firstPeriod(account, choices) });
  if (account.endedOn && period.from.isAfter(account.endedOn))
    throw known.endedOn?.equals(account.endedOn)
      ? refuse('turnover-after-end', { endedOn: account.endedOn })
      : refuse('turnover-of-common-scheme');
  if (period.to.atLeast(today) && !(account.endedOn?.isBefore(today) ?? false)) throw refuse('turnover-period-not-over', { to: period.to });
  if (amount.isNegative || amount.compare(largestTurnover) > 0) throw refuse('turnover-out-of-proportion');
  return period;
}

function firstPeriod({ startedOn }: Account, choices: readonly Choice[]): Period {
  const [first] = [startedOn.year, startedOn.year + 1].flatMap((year) => periodsOf(year, choiceOf(choices, year).rhythm, startedOn));
  if (!first) throw new Error('An activity has a first declaration within two years.');
  return first;
}

type Priced = Pick<Turnover, 'period' | 'activity' | 'amount'>;

/** What else the price of a turnover depends on. */
export interface PricedUnder {
  readonly incomeTaxOption: boolean;
  /** The start for which the relief of starters (ACCRE) was granted. */
  readonly acreFrom: Day | null;
}

/** What a period owes in one activity. */
export const priceTurnover = (turnover: Priced, under: PricedUnder): Breakdown => price(situationOf(turnover, under));

export function situationOf({ period, activity, amount }: Priced, { incomeTaxOption, acreFrom }: PricedUnder): Situation {
  const isRelieved = acreFrom !== null && microReliefRunsOn(acreFrom, firstDayOf(period));
  return readSituation({
    ...{ year: Number(period.slice(0, 4)), status: 'micro-entrepreneur', activity, turnover: amount.toString(), period },
    ...(incomeTaxOption ? { incomeTaxOption: true } : {}),
    ...(isRelieved ? { acre: true, startedOn: acreFrom.iso } : {}),
  });
}

/** Of `2016-05` or `2016-Q2`. */
export function firstDayOf(period: string): Day {
  const [year, part] = [Number(period.slice(0, 4)), period.slice(5)];
  return part.startsWith('Q') ? Quarter.of(year, Number(part.slice(1))).first : Day.at(year, Number(part), 1);
}

export const missingPenalty = 'penalite-declaration-manquante';
const provisionalCode = 'micro-social';

/** A line of a period, before those of the year are added up. */
export interface PeriodLine extends AssessmentLine {
  readonly period: string;
}

export interface YearOfTurnover extends PricedUnder {
  readonly turnovers: readonly Turnover[];
  readonly missing: readonly MissingTurnover[];
}

/** Everything that a year's periods owe, period by period: what was declared, and where nothing was, what stands in its place. */
export function linesOfPeriods({ turnovers, missing, ...under }: YearOfTurnover): PeriodLine[] {
  const declared = turnovers.flatMap((turnover) =>
    priceTurnover(turnover, under).lines.map(({ code, base, rate, amount }) => ({
      ...{ period: turnover.period, code, base: `${base}`, rate: `${rate}`, amount: `${amount}` },
    })),
  );
  const isDeclared = new Set(turnovers.map(({ period }) => period));
  const inTheirPlace = missing.flatMap(({ period, penalty, provisional }): PeriodLine[] => [
    ...(isDeclared.has(period) ? [] : [{ period, code: provisionalCode, base: `${provisional}`, rate: '1', amount: `${provisional}` }]),
    { period, code: missingPenalty, base: `${penalty}`, rate: '1', amount: `${penalty}` },
  ]);
  return [...declared, ...inTheirPlace];
}

/** The year's lines: those of one contribution at one rate make one. */
export function linesOfYear(lines: readonly PeriodLine[]): AssessmentLine[] {
  const sums = new Map<string, AssessmentLine>();
  for (const { code, base, rate, amount } of lines) {
    const [key, add] = [`${code} ${rate}`, (one: string, other: string) => Money.of(one).plus(Money.of(other)).toString()];
    const before = sums.get(key);
    sums.set(key, before ? { code, rate, base: add(before.base, base), amount: add(before.amount, amount) } : { code, base, rate, amount });
  }
  return [...sums.values()];
}

/** What the law puts in the place of the periods of a year that nobody declared (CSS R. 133-30-2-1). */
export function missingOf(
  account: string,
  periods: readonly Period[],
  { activity, rhythm, decidedOn }: { activity: Activity; rhythm: Rhythm; decidedOn: Day },
): MissingTurnover[] {
  if (periods.length === 0) return [];
  const begins = periods.map((period) => period.begins);
  return missingDeclarations({ activity, rhythm, periods: begins }).map(({ penalty, provisional, expressions }, rank) => ({
    ...{ account, period: periods[rank]?.id ?? '', activity, penalty, provisional, expressions, decidedOn },
  }));
}
