// Retraites complémentaires obligatoires d’avant la fusion de 2013 : RCO des artisans, régime complémentaire des commerçants.
import { Money, Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { shareOfPass } from '../law/pass.js';
import { reducedToDays } from '../law/reduced.js';
import { LEGIFISCAL_2013, OPENFISCA } from '../law/sources.js';
import { above, single, upTo } from '../scale.js';
import type { Base, Bearing } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { Term } from '../situation.js';

const SOURCE = `${OPENFISCA} ; ${LEGIFISCAL_2013}`;

const firstRate = dated('rco-artisan.taux-1', 'taux de la première tranche, artisans (2012)', [
  { from: '2012-01-01', value: Rate.percent('7.2'), source: SOURCE },
]);
const firstCeiling = dated('rco-artisan.plafond-1', 'plafond spécifique de la première tranche, artisans (2012)', [
  { from: '2012-01-01', value: Money.euros(35876), source: SOURCE },
]);
const secondRate = dated('rco-artisan.taux-2', 'taux de la seconde tranche, artisans (2012)', [
  { from: '2012-01-01', value: Rate.percent('7.6'), source: SOURCE },
]);
const secondCeilingShare = dated('rco-artisan.plafond-2', 'plafond de la seconde tranche, artisans (2012)', [
  { from: '2012-01-01', value: Rate.percent('400'), source: SOURCE },
]);
const tradersRate = dated('rco-commercant.taux', 'taux de la retraite complémentaire, commerçants (2012)', [
  { from: '2012-01-01', value: Rate.percent('6.5'), source: SOURCE },
]);
const tradersCapShare = dated('rco-commercant.plafond', 'plafond de la retraite complémentaire, commerçants (2012)', [
  { from: '2012-01-01', value: Rate.percent('300'), source: SOURCE },
]);

export const supplementaryPension2012Parameters: readonly Dated<unknown>[] = [
  firstRate,
  firstCeiling,
  secondRate,
  secondCeilingShare,
  tradersRate,
  tradersCapShare,
];

/** 7.2 % to 35 876 €, 7.6 % from there to four ceilings. */
export function craftsmenBands(assessed: Base, term: Term): { base: Base; bearings: readonly Bearing[] } {
  const { middle, top, first, second } = craftsmen(term);
  const base = upTo(assessed, top);
  const lower = { base: upTo(base, middle), rate: first };
  return { base, bearings: base.amount.atMost(middle.amount) ? [lower] : [lower, { base: above(base, middle), rate: second }] };
}

/** 6.5 % to three ceilings. */
export function tradersBand(assessed: Base, term: Term): { base: Base; bearings: readonly Bearing[] } {
  const { top, rate } = traders(term);
  const base = upTo(assessed, top);
  return { base, bearings: [{ base, rate }] };
}

const craftsmen = keptByTerm((term) => ({
  middle: reducedToDays(firstCeiling.on(term.lawOn), term),
  top: shareOfPass(secondCeilingShare.on(term.lawOn), term),
  first: single(firstRate.on(term.lawOn)),
  second: single(secondRate.on(term.lawOn)),
}));

const traders = keptByTerm((term) => ({
  top: shareOfPass(tradersCapShare.on(term.lawOn), term),
  rate: single(tradersRate.on(term.lawOn)),
}));
