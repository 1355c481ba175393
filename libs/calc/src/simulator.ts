import { Money } from '@isu/values';
import type { Breakdown } from './breakdown.js';
import { price } from './calculate.js';
import { refuse } from './fields.js';
import { deductiblePart } from './rules/csg-crds.js';
import type { Situation } from './situation.js';

/** What a simulator shows: what was declared, what it costs, what is left. */
export interface Simulation {
  readonly breakdown: Breakdown;
  /** The income, the gross income or the turnover that was priced. */
  readonly declared: Money;
  /** What the business earned before any contribution. */
  readonly beforeContributions: Money;
  /** What is left once the contributions are paid: before income tax, except for who has the versement libératoire. */
  readonly net: Money;
}

/**
 * An income of before 2025 is told with its contributions already deducted, all but the non-deductible CSG and the CRDS; a gross income
 * and a turnover are told before them.
 */
export function simulate(situation: Situation): Simulation {
  const breakdown = price(situation);
  const declared = declaredIn(situation);
  if (situation.status !== 'micro-entrepreneur' && situation.earnings.kind === 'income') {
    const deducted = breakdown.total.minus(notDeductible(breakdown, situation));
    return { breakdown, declared, beforeContributions: declared.plus(deducted), net: declared.plus(deducted).minus(breakdown.total) };
  }
  return { breakdown, declared, beforeContributions: declared, net: declared.minus(breakdown.total) };
}

/** The smallest declaration in whole euros that leaves at least the net wanted; exact to the euro. */
export function incomeForNet(situation: Situation, wanted: Money): Simulation {
  const at = (euros: number): Simulation => simulate(declaring(situation, Money.euros(euros)));
  const leavesEnough = (euros: number): boolean => at(euros).net.atLeast(wanted);
  if (leavesEnough(0)) return at(0);
  let tooLow = 0;
  let enough = 1024;
  while (!leavesEnough(enough)) {
    if (enough > highestIncome) throw refuse('bad-amount', 'net', 'Ce net ne se calcule pas.', 'un net annuel sous un milliard d’euros');
    [tooLow, enough] = [enough, enough * 2];
  }
  while (enough - tooLow > 1) {
    const middle = Math.floor((tooLow + enough) / 2);
    if (leavesEnough(middle)) enough = middle;
    else tooLow = middle;
  }
  return at(smallestNear(enough, leavesEnough));
}

const highestIncome = 2_000_000_000;

/**
 * One euro more sometimes leaves less: a progressive rate goes up by 0.01 point on the whole income. Two such rates lower the net by
 * 0.02 % of the income at most, and the roundings by ten euros: below that, divided by the least a euro leaves, nothing can be enough.
 */
function smallestNear(found: number, leavesEnough: (euros: number) => boolean): number {
  const reach = Math.ceil((found * 0.0002 + 10) / 0.3);
  let smallest = found;
  for (let euros = Math.max(0, found - reach); euros < smallest; euros += 1) if (leavesEnough(euros)) smallest = euros;
  return smallest;
}

function declaredIn(situation: Situation): Money {
  if (situation.status === 'micro-entrepreneur') return situation.turnover;
  const { earnings } = situation;
  if (earnings.kind === 'income') return earnings.income;
  if (earnings.kind === 'gross-income') return earnings.grossIncome;
  throw refuse(
    'unknown-stage',
    'stage',
    'Une année forfaitaire ne dépend pas du revenu.',
    '« definitive », « provisional » ou « adjusted »',
  );
}

function declaring(situation: Situation, amount: Money): Situation {
  if (situation.status === 'micro-entrepreneur') return { ...situation, turnover: amount };
  const earnings =
    situation.earnings.kind === 'gross-income'
      ? ({ kind: 'gross-income', grossIncome: amount } as const)
      : ({ kind: 'income', income: amount } as const);
  declaredIn(situation);
  return { ...situation, earnings };
}

function notDeductible({ lines }: Breakdown, { term }: Situation): Money {
  const line = lines.find(({ code }) => code === 'csg-crds');
  return line ? line.amount.minus(deductiblePart(line.base, term)) : Money.zero;
}
