import { declarationDeadline } from '@isu/calc';
import { Day } from '@isu/values';
import { refuse } from '../refusals.js';

export const strikeOffStates = ['bodies', 'person', 'stopped', 'decided'] as const;

/** A procedure of ex-officio striking off (radiation d'office): first the other bodies are asked, then the person. */
export interface StrikeOff {
  readonly id: string;
  readonly account: string;
  readonly reason: string;
  readonly openedOn: string;
  readonly lastIncomeYear: number | null;
  /** Until then the other bodies may show that the activity goes on. */
  readonly bodiesUntil: string;
  readonly personToldOn: string | null;
  /** What proves that the person was told: number of the registered letter. */
  readonly proof: string | null;
  /** Until then the person may answer. */
  readonly personUntil: string | null;
  readonly state: (typeof strikeOffStates)[number];
  readonly closedOn: string | null;
  readonly closedBecause: string | null;
  /** Day of effect, once decided. */
  readonly endedOn: string | null;
}

/** An income of a year as affiliation has heard it from collection. */
export interface KnownIncome {
  readonly year: number;
  readonly kind: string;
  readonly amount: string;
}

const bodiesDays = 15;
const yearsWithout = 2;

/**
 * Opens the procedure. CSS L. 133-6-7-1: for at least two consecutive calendar years, nil or undeclared incomes. A year counts once
 * its declaration is due. Refused while one of them has an income, and for who has not been at work for as long.
 */
export function openStrikeOff(
  { account, startedOn, incomes, reason }: { account: string; startedOn: string; incomes: readonly KnownIncome[]; reason: string },
  { id, today }: { id: string; today: Day },
): StrikeOff {
  const last = today.isAfter(declarationDeadline(today.year - 1)) ? today.year - 1 : today.year - 2;
  const first = last - yearsWithout + 1;
  if (Number(startedOn.slice(0, 4)) > first) throw refuse('too-young-to-strike-off', { first: String(first), last: String(last) });
  const withIncome = incomes
    .filter(({ kind, amount }) => (kind === 'declared' || kind === 'tax') && amount !== '0')
    .map(({ year }) => year);
  const recent = withIncome.filter((year) => year >= first);
  if (recent.length > 0) throw refuse('still-declaring', { year: String(Math.max(...recent)) });
  return {
    ...{ id, account, reason, openedOn: today.iso },
    lastIncomeYear: withIncome.length === 0 ? null : Math.max(...withIncome),
    bodiesUntil: today.plusDays(bodiesDays).iso,
    ...{ personToldOn: null, proof: null, personUntil: null, state: 'bodies', closedOn: null, closedBecause: null, endedOn: null },
  };
}

/** One answer is enough: of a body, of the person, or a declaration that comes. */
export const stop = (procedure: StrikeOff, because: string, today: Day): StrikeOff => ({
  ...procedure,
  ...{ state: 'stopped', closedOn: today.iso, closedBecause: because },
});

/** The person is told, by a means that proves receipt. Refused before the fifteen days of the bodies are over. */
export function tellPerson(procedure: StrikeOff, proof: string, today: Day): StrikeOff {
  if (procedure.state !== 'bodies') throw refuse('person-already-told');
  if (today.iso <= procedure.bodiesUntil) throw refuse('bodies-may-answer', { until: Day.of(procedure.bodiesUntil).print() });
  return { ...procedure, state: 'person', personToldOn: today.iso, proof, personUntil: today.plusMonths(1).iso };
}

/**
 * The decision, once the month of the person is over. Effect: the end of the last year with a known income (CHAP5); without any, the
 * day of the start, from which nothing was ever due (by default).
 */
export function strikeOff(procedure: StrikeOff, startedOn: string, today: Day): StrikeOff & { readonly endedOn: string } {
  const { personUntil, lastIncomeYear } = procedure;
  if (procedure.state !== 'person' || personUntil === null) throw refuse('person-not-told');
  if (today.iso <= personUntil) throw refuse('person-may-answer', { until: Day.of(personUntil).print() });
  const endedOn = lastIncomeYear === null ? startedOn : `${String(lastIncomeYear)}-12-31`;
  return { ...procedure, state: 'decided', closedOn: today.iso, closedBecause: 'décision', endedOn };
}

export const appealRoutes =
  'Vous pouvez contester cette décision devant la commission de recours amiable de votre caisse, dans les deux mois de sa réception, puis ' +
  'devant le tribunal des affaires de sécurité sociale. Toute déclaration de revenu ou de chiffre d’affaires que vous retrouvez la remet en cause.';
