import { Day, Money } from '@isu/values';
import { inForceOn } from '../in-force.js';

/** Money that waits for an owner. */
export interface UnmatchedMoney {
  readonly amount: Money;
  readonly valueOn: Day;
  readonly candidates: readonly string[];
}

/** Money without an owner, as urssaf-sync has told of it: booked on nobody's account yet. */
export interface MoneyToMatch {
  readonly count: number;
  readonly total: Money;
  /** Value date of the oldest. */
  readonly oldestOn: Day | null;
}

/** Something that was not paid in time. */
export interface Unpaid {
  readonly dueOn: Day;
  readonly amount: Money;
}

interface CoverRule {
  readonly from: string;
  readonly source: string;
  readonly unsure: string;
  /** Money received longer than that before a due date was not sent for it. */
  readonly daysAhead: number;
}

/** When money without an owner « could cover » a debt. No text says it: our rule, on the person's side. Oldest first. */
const rules: readonly CoverRule[] = [
  {
    from: '2008-01-01',
    source: 'Aucun texte : règle de l’interlocuteur unique (N6, « encaissements à identifier »)',
    unsure:
      'Même montant qu’une échéance, que tout ce qui est échu, avec ou sans majorations, reçu au plus tôt 62 jours avant l’échéance ; ou compte désigné par la référence ou la cellule.',
    daysAhead: 62,
  },
];

const daysAheadOn = (day: Day): number => inForceOn(rules, day)?.daysAhead ?? 0;

/** Every sum that somebody who owes this may have sent in one payment: a due date, or all of them, with what accrued for lateness or without. */
export function sumsThatCover(unpaid: readonly Unpaid[], surcharges: readonly Money[]): Money[] {
  const all = Money.sum(unpaid.map(({ amount }) => amount));
  const sums = [...unpaid.map(({ amount }) => amount), all];
  const late = Money.sum(surcharges);
  return [...sums, ...unpaid.map(({ amount }, rank) => amount.plus(surcharges[rank] ?? Money.zero)), all.plus(late)].filter(
    ({ isPositive }) => isPositive,
  );
}

interface Debtor {
  readonly account: string;
  readonly unpaid: readonly Unpaid[];
  /** Of each of these, in their order, what accrued for lateness. */
  readonly surcharges: readonly Money[];
}

/** Whether money without an owner could be what this account owes. Nobody who owes nothing is concerned. */
export function couldCover(money: UnmatchedMoney, { account, unpaid, surcharges }: Debtor, day: Day): boolean {
  if (unpaid.length === 0) return false;
  if (money.candidates.includes(account)) return true;
  const oldest = unpaid.map(({ dueOn }) => dueOn).reduce((a, b) => Day.min(a, b));
  if (money.valueOn.isBefore(oldest.minusDays(daysAheadOn(day)))) return false;
  return sumsThatCover(unpaid, surcharges).some((sum) => sum.equals(money.amount));
}
