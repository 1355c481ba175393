// Pénalité pour déclaration tardive des revenus. CSS, art. R. 242-14 (jusqu’au 10 mai 2017), puis R. 131-2.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { LATE_DECLARATION, R131_2 } from '../law/sources.js';
import type { Text } from '../owed.js';

/** Late of itself, after a notice of taxation d’office, or after one made on what the tax office knew. */
export type Lateness = 'late' | 'after-notice' | 'after-notice-on-tax-income';

const rates: Record<Lateness, Dated<Rate>> = {
  late: dated('declaration-tardive.simple', 'pénalité de déclaration tardive', [
    { from: '2012-01-01', value: Rate.percent('3'), source: LATE_DECLARATION },
    { from: '2017-05-11', value: Rate.percent('5'), source: R131_2 },
  ]),
  'after-notice': dated('declaration-tardive.apres-taxation', 'pénalité de déclaration après une taxation d’office', [
    { from: '2012-01-01', value: Rate.percent('10'), source: LATE_DECLARATION },
    { from: '2017-05-11', value: Rate.percent('5'), source: R131_2 },
  ]),
  'after-notice-on-tax-income': dated('declaration-tardive.donnees-fiscales', 'pénalité après une taxation sur les données fiscales', [
    { from: '2012-01-01', value: Rate.percent('10'), source: LATE_DECLARATION },
  ]),
};

export const lateDeclarationText: Text = {
  id: 'late-declaration',
  title: 'Pénalité pour déclaration tardive',
  law: 'CSS, art. R. 242-14 (jusqu’au 10 mai 2017) ; R. 131-2 (depuis)',
  parameters: Object.values(rates),
  unsure: ['La pénalité est arrondie à l’euro le plus proche, comme une cotisation, par défaut.'],
};

export interface LateDeclarationPenalty {
  readonly base: Money;
  readonly rate: Rate;
  readonly amount: Money;
  readonly expression: string;
  readonly parameter: ParameterInForce;
}

/** A share of the contributions of the year declared late, recovered as they are. Read on the day of the declaration. */
export function lateDeclarationPenalty(contributions: Money, lateness: Lateness, declaredOn: Day): LateDeclarationPenalty {
  const known = rates[lateness].on(declaredOn);
  const amount = contributions.times(known.value).roundedToEuro();
  return {
    base: contributions,
    rate: known.value,
    amount,
    expression: `round(${contributions} * ${known.value})`,
    parameter: inForce(known),
  };
}
