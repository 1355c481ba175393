// Majoration pour estimation insuffisante du revenu. CSS, art. L. 131-6-2 et R. 131-5.
import { Money, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import { dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { ESTIMATE } from '../law/sources.js';
import type { Text } from '../owed.js';

const tolerance = dated('estimation.tolerance', 'revenu définitif au-delà duquel l’estimation est insuffisante, en part de l’estimation', [
  { from: '2012-01-01', value: Rate.of('4/3'), source: ESTIMATE },
]);

const wideGap = dated('estimation.ecart-fort', 'revenu définitif au-delà duquel la majoration double, en part de l’estimation', [
  { from: '2012-01-01', value: Rate.percent('150'), source: ESTIMATE },
]);

/** The two rates, or nothing while the surcharge is suspended or since it was repealed. Read on 1 January of the contribution year. */
const surchargeRates = dated<readonly [Rate, Rate] | null>('estimation.majoration', 'majoration pour estimation insuffisante', [
  { from: '2012-01-01', value: [Rate.percent('5'), Rate.percent('10')], source: ESTIMATE },
  { from: '2018-01-01', value: null, source: `${ESTIMATE} (suspendue en 2018 et 2019)` },
  { from: '2020-01-01', value: [Rate.percent('5'), Rate.percent('10')], source: ESTIMATE },
  { from: '2022-01-01', value: null, source: 'Décret n° 2022-1735', unsure: 'Abrogée à partir de 2022 ou de 2023 : 2022 par défaut.' },
]);

export const underEstimateText: Text = {
  id: 'under-estimate',
  title: 'Majoration pour estimation insuffisante',
  law: 'CSS, art. L. 131-6-2 et R. 131-5',
  parameters: [tolerance, wideGap, surchargeRates],
  unsure: ['Calculée et montrée ; appliquée seulement sur décision d’un agent : elle ne l’a pas été en pratique.'],
};

export interface Estimate {
  /** 1 January of the contribution year. */
  readonly lawOn: Day;
  readonly estimated: Money;
  readonly definitive: Money;
  /** The instalments that the income of N-2 would have asked. */
  readonly wouldHaveBeenPaid: Money;
  /** The instalments paid on the estimate. */
  readonly paid: Money;
}

export interface UnderEstimate {
  readonly base: Money;
  readonly rate: Rate;
  readonly amount: Money;
  readonly expression: string;
  readonly parameters: readonly ParameterInForce[];
}

/** 5 % of what the estimate spared when the income exceeds it by more than a third, 10 % by more than a half; nothing otherwise. */
export function underEstimateSurcharge({ lawOn, estimated, definitive, wouldHaveBeenPaid, paid }: Estimate): UnderEstimate | null {
  const [limit, wide, rates] = [tolerance.on(lawOn), wideGap.on(lawOn), surchargeRates.on(lawOn)];
  const estimate = Money.max(Money.zero, estimated);
  const base = Money.max(Money.zero, wouldHaveBeenPaid.minus(paid));
  if (rates.value === null || definitive.atMost(estimate.times(limit.value)) || !base.isPositive) return null;
  const [low, high] = rates.value;
  const rate = definitive.atMost(estimate.times(wide.value)) ? low : high;
  return {
    base,
    rate,
    amount: base.times(rate).roundedToCent(),
    expression: `round(max(0, ${wouldHaveBeenPaid} - ${paid}) * ${rate}, 0.01)`,
    parameters: [limit, wide, rates].map(inForce),
  };
}
