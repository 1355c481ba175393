import { Money, Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Known } from '../dated.js';
import { once } from '../kept.js';
import type { Figure } from '../scale.js';
import type { Term } from '../situation.js';
import { OPENFISCA } from './sources.js';

/** SMIC horaire brut. The contributions of a year read the value in force on 1 January. */
export const smic = dated<Money>('smic', 'SMIC horaire brut au 1er janvier', [
  { from: '2012-01-01', value: Money.of('9.22'), source: OPENFISCA },
  { from: '2013-01-01', value: Money.of('9.43'), source: OPENFISCA },
  { from: '2014-01-01', value: Money.of('9.53'), source: OPENFISCA },
  { from: '2015-01-01', value: Money.of('9.61'), source: OPENFISCA },
  { from: '2016-01-01', value: Money.of('9.67'), source: OPENFISCA },
  { from: '2017-01-01', value: Money.of('9.76'), source: OPENFISCA },
  { from: '2018-01-01', value: Money.of('9.88'), source: OPENFISCA },
  { from: '2019-01-01', value: Money.of('10.03'), source: OPENFISCA },
  { from: '2020-01-01', value: Money.of('10.15'), source: OPENFISCA },
  { from: '2021-01-01', value: Money.of('10.25'), source: OPENFISCA },
  { from: '2022-01-01', value: Money.of('10.57'), source: OPENFISCA },
  { from: '2023-01-01', value: Money.of('11.27'), source: OPENFISCA },
  { from: '2024-01-01', value: Money.of('11.65'), source: OPENFISCA },
  { from: '2025-01-01', value: Money.of('11.88'), source: OPENFISCA },
  { from: '2026-01-01', value: Money.of('12.02'), source: OPENFISCA },
]);

/** So many hours at the SMIC: exact to the cent, and rounded by no text that we have read. */
export function smicHours(hours: Known<number>, { lawOn }: Term): Figure {
  const hourly = smic.on(lawOn);
  return {
    amount: hourly.value.repeated(hours.value),
    label: once(() => `${hours.value} heures au SMIC de ${lawOn.year}`),
    expression: once(() => `${hours.value} * ${hourly.value}`),
    uses: [hourly, hours],
  };
}

/** `1.2` SMIC a year of 1 820 hours: the ceiling of the relief of starters before 2017. */
export function smicYears(share: Known<Rate>, { lawOn, days, daysOfYear }: Term): Figure {
  const hourly = smic.on(lawOn);
  const whole = hourly.value.repeated(1820).times(share.value);
  const [amount, reduction] = days === daysOfYear ? [whole, ''] : [whole.times(Rate.ratio(days, daysOfYear)), ` * ${days} / ${daysOfYear}`];
  return {
    amount: amount.roundedToEuro(),
    label: () =>
      `${share.value.toString().replace('.', ',')} SMIC annuel de ${lawOn.year}${reduction && `, réduit à ${days} jours sur ${daysOfYear}`}`,
    expression: () => `round(1820 * ${hourly.value} * ${share.value}${reduction})`,
    uses: [hourly, share],
  };
}
