// Majorations de retard. CSS, art. R. 243-18 (jusqu’en 2019), R. 243-16 et suivants (depuis 2020).
import { Money, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import { dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { LATE_SURCHARGES } from '../law/sources.js';
import type { Text } from '../owed.js';

const initialRate = dated('majorations.initiale', 'majoration de ce qui n’est pas payé à l’échéance', [
  { from: '2012-01-01', value: Rate.percent('5'), source: LATE_SURCHARGES },
]);

/** Read on the day the month of delay begins. */
const monthlyRate = dated('majorations.mensuelle', 'majoration par mois ou fraction de mois de retard', [
  { from: '2012-01-01', value: Rate.percent('0.4'), source: LATE_SURCHARGES },
  {
    from: '2018-01-01',
    value: Rate.percent('0.2'),
    source: LATE_SURCHARGES,
    unsure: 'Un mois de retard commencé avant 2018 garde 0,4 % jusqu’à sa fin, par défaut.',
  },
]);

export const lateSurchargesText: Text = {
  id: 'late-surcharges',
  title: 'Majorations de retard',
  law: 'CSS, art. R. 243-18 (jusqu’en 2019) ; R. 243-16 (depuis 2020)',
  parameters: [initialRate, monthlyRate],
  unsure: [
    'Les mois vont de date à date depuis l’échéance ; ce qui est payé au cours d’un mois commencé compte pour ce mois.',
    'Une suite de mois sur la même somme, au même taux, fait une seule majoration, arrondie au centime.',
    'Depuis 2020, 0,1 % en cas de paiement dans les trente jours de la mise en demeure : non tarifé.',
  ],
};

/** An amount due on a day, what was received for it by value date, and the day on which the account is drawn up. */
export interface LatePayment {
  readonly amount: Money;
  readonly dueOn: Day;
  readonly received: readonly { readonly amount: Money; readonly valueOn: Day }[];
  readonly until: Day;
}

export interface Surcharge {
  readonly kind: 'initial' | 'monthly';
  /** What was unpaid. */
  readonly base: Money;
  readonly rate: Rate;
  /** Months begun; one for the surcharge of the due date. */
  readonly months: number;
  readonly from: Day;
  readonly amount: Money;
  readonly expression: string;
  readonly parameter: ParameterInForce;
}

export interface LateSurcharges {
  readonly surcharges: readonly Surcharge[];
  readonly total: Money;
}

/**
 * « 5 % du montant des cotisations qui n’ont pas été versées aux dates limites », plus 0.4 % (0.2 % from 2018) of what is still unpaid
 * for each month begun since the due date. Owed by law, without notice. Rounded to the cent.
 */
export function lateSurcharges(late: LatePayment): LateSurcharges {
  const atDue = unpaidOn(late, late.dueOn);
  if (!atDue.isPositive || late.until.atMost(late.dueOn)) return { surcharges: [], total: Money.zero };
  const surcharges = [initial(atDue, late.dueOn), ...monthsBegun(late)];
  return { surcharges, total: Money.sum(surcharges.map(({ amount }) => amount)) };
}

function initial(base: Money, dueOn: Day): Surcharge {
  const known = initialRate.on(dueOn);
  return surcharge('initial', { base, rate: known.value, months: 1, from: dueOn, parameter: inForce(known) });
}

/** Months on the same unpaid amount at the same rate are one surcharge. */
function monthsBegun(late: LatePayment): Surcharge[] {
  const found: Surcharge[] = [];
  for (let month = 0; ; month += 1) {
    const from = late.dueOn.plusMonths(month);
    const base = unpaidOn(late, from);
    if (!base.isPositive || from.atLeast(late.until)) return found;
    const known = monthlyRate.on(from);
    const last = found.at(-1);
    if (last?.base.equals(base) && last.rate.equals(known.value)) {
      found[found.length - 1] = surcharge('monthly', { ...last, months: last.months + 1 });
    } else {
      found.push(surcharge('monthly', { base, rate: known.value, months: 1, from, parameter: inForce(known) }));
    }
  }
}

function surcharge(kind: Surcharge['kind'], bearing: Omit<Surcharge, 'kind' | 'amount' | 'expression'>): Surcharge {
  const { base, rate, months } = bearing;
  const amount = base.repeated(months).times(rate).roundedToCent();
  return { ...bearing, kind, amount, expression: `round(${base} * ${months} * ${rate}, 0.01)` };
}

/** What a payment received on the day itself has paid is no longer late. */
function unpaidOn({ amount, received }: LatePayment, day: Day): Money {
  const paid = Money.sum(received.filter(({ valueOn }) => valueOn.atMost(day)).map((payment) => payment.amount));
  return Money.max(Money.zero, amount.minus(paid));
}
