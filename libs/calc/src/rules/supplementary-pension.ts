// Retraite complémentaire des indépendants (RCI), née le 1er janvier 2013 de deux régimes. CSS, art. L. 635-1 et D. 635-2.
import { Money, Rate } from '@isu/values';
import { dated, ruleOf } from '../dated.js';
import type { Known } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { CERFRANCE_2016, DECREE_2014_1637, DECREE_2015_1856, OPENFISCA, RSI_2017, SEED, TABLES_2014, TABLES_2015 } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, single, upTo } from '../scale.js';
import type { Figure } from '../scale.js';
import { isWholeYear, keptByTerm } from '../situation.js';
import type { Term, TraderSituation } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { assessedBase } from './start-of-activity.js';

const firstRate = dated('rci.taux-1', 'taux de la première tranche de la retraite complémentaire', [
  { from: '2013-01-01', value: Rate.percent('7'), source: `${OPENFISCA} ; ${SEED}` },
]);

const secondRate = dated('rci.taux-2', 'taux de la seconde tranche de la retraite complémentaire', [
  { from: '2013-01-01', value: Rate.percent('8'), source: OPENFISCA },
]);

const firstCeiling = dated('rci.plafond-1', 'plafond spécifique de la première tranche', [
  { from: '2013-01-01', value: Money.euros(37032), source: OPENFISCA },
  { from: '2014-01-01', value: Money.euros(37513), source: `${OPENFISCA} ; ${TABLES_2014} ; ${TABLES_2015}` },
  { from: '2016-01-01', value: Money.euros(37546), source: `${CERFRANCE_2016} ; ${RSI_2017}` },
  { from: '2018-01-01', value: Money.euros(37846), source: OPENFISCA },
]);

const secondCeilingShare = dated('rci.plafond-2', 'plafond de la seconde tranche', [
  { from: '2013-01-01', value: Rate.percent('400'), source: OPENFISCA },
]);

const floorShare = dated<Rate | null>('rci.assiette-minimale', 'assiette minimale de la retraite complémentaire', [
  { from: '2013-01-01', value: Rate.percent('5.25'), source: `${TABLES_2014} ; ${DECREE_2014_1637}` },
  { from: '2016-01-01', value: null, source: `${DECREE_2015_1856} ; ${SEED}` },
]);

export const supplementaryPensionRule: Rule = {
  id: 'supplementary-pension',
  code: 'retraite-complementaire',
  title: 'Retraite complémentaire',
  law: 'CSS, art. L. 635-1 et D. 635-2',
  parameters: [pass, firstRate, secondRate, firstCeiling, secondCeilingShare, floorShare],
  unsure: ['Année incomplète : le plafond spécifique est réduit aux jours d’affiliation comme le PASS, par défaut.'],
};

export function supplementaryPension(situation: TraderSituation): Owed {
  const { floor, middle, top, first, second } = figures(situation.term);
  const base = upTo(withMinimum(assessedBase(situation), floor, situation), top);

  // 7 % up to the scheme's own ceiling, which is not the PASS; 8 % on the part between it and four PASS.
  const lower = { base: upTo(base, middle), rate: first };
  if (base.amount.atMost(middle.amount)) return owed(supplementaryPensionRule, base, [lower]);
  return owed(supplementaryPensionRule, base, [lower, { base: above(base, middle), rate: second }]);
}

const figures = keptByTerm((term) => {
  const floor = ruleOf(floorShare.on(term.lawOn));
  return {
    floor: floor && shareOfPass(floor, term),
    middle: ceiling(firstCeiling.on(term.lawOn), term),
    top: shareOfPass(secondCeilingShare.on(term.lawOn), term),
    first: single(firstRate.on(term.lawOn)),
    second: single(secondRate.on(term.lawOn)),
  };
});

function ceiling(known: Known<Money>, term: Term): Figure {
  if (isWholeYear(term)) return { amount: known.value, label: () => known.label, expression: () => `${known.value}`, uses: [known] };
  const { days, daysOfYear } = term;
  return {
    amount: known.value.times(Rate.ratio(days, daysOfYear)).roundedToEuro(),
    label: () => `${known.label}, réduit à ${days} jours sur ${daysOfYear}`,
    expression: () => `round(${known.value} * ${days} / ${daysOfYear})`,
    uses: [known],
  };
}
