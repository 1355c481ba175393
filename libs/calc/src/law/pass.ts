import { Money, Rate } from '@isu/values';
import type { UnroundedMoney } from '@isu/values';
import { dated } from '../dated.js';
import type { Known } from '../dated.js';
import { once } from '../kept.js';
import { numeral } from '../scale.js';
import type { Figure } from '../scale.js';
import { isWholeYear } from '../situation.js';
import type { Term } from '../situation.js';
import { OPENFISCA, SEED } from './sources.js';

/** Plafond annuel de la sécurité sociale. CSS, art. L. 241-3. One value a calendar year, read on 1 January. */
export const pass = dated<Money>('pass', 'plafond annuel de la sécurité sociale', [
  { from: '2011-01-01', value: Money.euros(35352), source: OPENFISCA },
  { from: '2012-01-01', value: Money.euros(36372), source: OPENFISCA },
  { from: '2013-01-01', value: Money.euros(37032), source: OPENFISCA },
  { from: '2014-01-01', value: Money.euros(37548), source: OPENFISCA },
  { from: '2015-01-01', value: Money.euros(38040), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2016-01-01', value: Money.euros(38616), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-01-01', value: Money.euros(39228), source: OPENFISCA },
  { from: '2018-01-01', value: Money.euros(39732), source: OPENFISCA },
  { from: '2019-01-01', value: Money.euros(40524), source: OPENFISCA },
  { from: '2020-01-01', value: Money.euros(41136), source: OPENFISCA },
  { from: '2021-01-01', value: Money.euros(41136), source: OPENFISCA },
  { from: '2022-01-01', value: Money.euros(41136), source: OPENFISCA },
  { from: '2023-01-01', value: Money.euros(43992), source: OPENFISCA },
  { from: '2024-01-01', value: Money.euros(46368), source: OPENFISCA },
  { from: '2025-01-01', value: Money.euros(47100), source: OPENFISCA },
  { from: '2026-01-01', value: Money.euros(48060), source: OPENFISCA },
]);

/** A share of the PASS, whatever the days of membership. Bases expressed so are rounded to the nearest euro. */
export function shareOfWholePass(share: Known<Rate>, { lawOn }: Term): Figure {
  const ceiling = pass.on(lawOn);
  if (share.value.equals(Rate.one)) {
    return {
      amount: ceiling.value,
      label: once(() => `PASS ${lawOn.year}`),
      expression: once(() => `${ceiling.value}`),
      uses: [ceiling, share],
    };
  }
  return {
    amount: ceiling.value.times(share.value).roundedToEuro(),
    label: once(() => `${share.value.print()} du PASS ${lawOn.year}`),
    expression: once(() => `round(${ceiling.value} * ${numeral(share.value)})`),
    uses: [ceiling, share],
  };
}

/**
 * « En cas de période d’affiliation inférieure à une année, le plafond […] est réduit au prorata de la durée d’affiliation. »
 * CSS, art. D. 131-1. Days of membership over the days of the year (365 or 366).
 */
export function shareOfPass(share: Known<Rate>, term: Term): Figure {
  if (isWholeYear(term)) return shareOfWholePass(share, term);
  const ceiling = pass.on(term.lawOn);
  return {
    amount: ceiling.value.times(share.value).times(membership(term)).roundedToEuro(),
    label: once(() => `${share.value.print()} du PASS ${term.lawOn.year}, ${reduction(term)}`),
    expression: once(() => `round(${ceiling.value} * ${numeral(share.value)} * ${term.days} / ${term.daysOfYear})`),
    uses: [ceiling, share],
  };
}

/** A threshold is compared unrounded, whole year or not: 110 % of 38 616 is 42 477,60. */
export function passThreshold(share: Rate, term: Term): Figure<UnroundedMoney> {
  const ceiling = pass.on(term.lawOn);
  const exact = ceiling.value.times(share);
  if (isWholeYear(term)) {
    return {
      amount: exact,
      label: once(() => `${share.print()} du PASS ${term.lawOn.year}`),
      expression: once(() => `${ceiling.value} * ${numeral(share)}`),
      uses: [ceiling],
    };
  }
  return {
    amount: exact.times(membership(term)),
    label: once(() => `${share.print()} du PASS ${term.lawOn.year}, ${reduction(term)}`),
    expression: once(() => `${ceiling.value} * ${numeral(share)} * ${term.days} / ${term.daysOfYear}`),
    uses: [ceiling],
  };
}

const membership = ({ days, daysOfYear }: Term): Rate => Rate.ratio(days, daysOfYear);
const reduction = ({ days, daysOfYear }: Term): string => `réduit à ${days} jours sur ${daysOfYear}`;
