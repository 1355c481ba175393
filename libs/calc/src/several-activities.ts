import { Money } from '@isu/values';
import type { Breakdown, Line } from './breakdown.js';
import { price } from './calculate.js';
import { refuse } from './fields.js';
import type { AssessedSituation, MicroSituation, Situation } from './situation.js';

/**
 * What someone with several self-employed activities owes. Incomes add up and pay as the main activity does (CSS, art. L. 171-3): the
 * first one given. Turnovers of a micro-entrepreneur each pay at the rate of their own activity.
 */
export function priceActivities(activities: readonly [Situation, ...Situation[]]): Breakdown {
  const [main] = activities;
  if (activities.some(({ year }) => year !== main.year)) throw notTogether('year', 'des activités de la même année');
  const micro = activities.filter((activity) => activity.status === 'micro-entrepreneur');
  if (micro.length === activities.length) return sumOfTurnovers(micro);
  if (main.status === 'micro-entrepreneur' || micro.length > 0) {
    throw notTogether('status', 'un seul régime pour toutes les activités : micro-entrepreneur, ou aucun');
  }
  return price(withIncomeOf(main, activities.slice(1) as AssessedSituation[]));
}

const notTogether = (field: string, accepted: string) =>
  refuse('field-not-of-status', field, 'Ces activités ne se calculent pas ensemble.', accepted);

function withIncomeOf(main: AssessedSituation, others: readonly AssessedSituation[]): AssessedSituation {
  const { earnings } = main;
  if (earnings.kind === 'income') {
    const incomes = others.map((other) => {
      if (other.earnings.kind !== 'income') throw notTogether('stage', 'la même étape pour toutes les activités');
      return other.earnings.income;
    });
    return { ...main, earnings: { kind: 'income', income: Money.sum([earnings.income, ...incomes]) } };
  }
  if (earnings.kind === 'gross-income') {
    const incomes = others.map((other) => {
      if (other.earnings.kind !== 'gross-income') throw notTogether('stage', 'la même étape pour toutes les activités');
      return other.earnings.grossIncome;
    });
    return { ...main, earnings: { kind: 'gross-income', grossIncome: Money.sum([earnings.grossIncome, ...incomes]) } };
  }
  if (others.length === 0) return main;
  throw notTogether('stage', 'un revenu, et non une année forfaitaire');
}

/** Each turnover is declared on its own line, and rounded on it. */
function sumOfTurnovers(activities: readonly MicroSituation[]): Breakdown {
  const breakdowns = activities.map((activity) => price(activity));
  const [first] = breakdowns;
  if (first === undefined) throw notTogether('status', 'au moins une activité');
  const lines: Line[] = breakdowns.flatMap((breakdown) => breakdown.lines);
  return { ...first, lines, total: Money.sum(lines.map(({ amount }) => amount)) };
}
