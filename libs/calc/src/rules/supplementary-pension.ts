// Retraite complémentaire des indépendants (RCI), née le 1er janvier 2013 de deux régimes. CSS, art. L. 635-1 et D. 635-2.
import { Money, Rate } from '@isu/values';
import { dated, ruleOf, versions } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { reducedToDays } from '../law/reduced.js';
import {
  CERFRANCE_2016,
  DECREE_2014_1637,
  DECREE_2015_1856,
  DECREE_2024_688,
  LEGIFISCAL_2013,
  MON_ENTREPRISE,
  OPENFISCA,
  RSI_2017,
  SEED,
  TABLES_2014,
  TABLES_2015,
} from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, single, upTo } from '../scale.js';
import type { Base, Bearing, Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { Term, TraderSituation } from '../situation.js';
import { craftsmenBands, supplementaryPension2012Parameters, tradersBand } from './supplementary-pension-2012.js';
import { withMinimum } from './minimum-bases.js';
import { assessedPensionBase } from './start-of-activity.js';

const firstRate = dated('rci.taux-1', 'taux de la première tranche de la retraite complémentaire', [
  { from: '2013-01-01', value: Rate.percent('7'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2025-01-01', value: Rate.percent('8.1'), source: `${DECREE_2024_688} ; ${OPENFISCA}` },
]);

const secondRate = dated('rci.taux-2', 'taux de la seconde tranche de la retraite complémentaire', [
  { from: '2013-01-01', value: Rate.percent('8'), source: OPENFISCA },
  { from: '2025-01-01', value: Rate.percent('9.1'), source: `${DECREE_2024_688} ; ${OPENFISCA}` },
]);

const firstCeiling = dated('rci.plafond-1', 'plafond spécifique de la première tranche', [
  { from: '2013-01-01', value: Money.euros(37032), source: OPENFISCA },
  { from: '2014-01-01', value: Money.euros(37513), source: `${OPENFISCA} ; ${TABLES_2014} ; ${TABLES_2015}` },
  { from: '2016-01-01', value: Money.euros(37546), source: `${CERFRANCE_2016} ; ${RSI_2017}` },
  { from: '2018-01-01', value: Money.euros(37846), source: OPENFISCA },
  { from: '2019-01-01', value: Money.euros(37960), source: OPENFISCA },
  { from: '2020-01-01', value: Money.euros(38340), source: OPENFISCA },
  { from: '2021-01-01', value: Money.euros(38493), source: OPENFISCA },
  { from: '2022-01-01', value: Money.euros(38916), source: OPENFISCA },
  { from: '2023-01-01', value: Money.euros(40784), source: OPENFISCA },
  { from: '2024-01-01', value: Money.euros(42946), source: OPENFISCA },
  { from: '2025-01-01', value: Money.euros(43891), source: OPENFISCA },
  { from: '2026-01-01', value: Money.euros(44286), source: OPENFISCA },
]);

/** The scheme's own ceiling, then one PASS since the reform of 2025. */
const firstBound = dated<'own' | 'pass'>('rci.borne-1', 'borne haute de la première tranche', [
  { from: '2013-01-01', value: 'own', source: OPENFISCA },
  { from: '2025-01-01', value: 'pass', source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}` },
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
  parameters: [
    pass,
    firstRate,
    secondRate,
    firstCeiling,
    firstBound,
    secondCeilingShare,
    floorShare,
    ...supplementaryPension2012Parameters,
    wholePass,
  ],
  unsure: [
    'Année incomplète : le plafond spécifique est réduit aux jours d’affiliation comme le PASS, par défaut.',
    'Avant 2013 (deux régimes) : aucune assiette minimale, par défaut ; les minimums de 2012 n’ont pas été trouvés.',
  ],
};

interface Bands {
  readonly base: Base;
  readonly bearings: readonly Bearing[];
}
type Formula = (situation: TraderSituation) => Bands;

/** 7 % up to the scheme's own ceiling, which is not the PASS; 8 % on the part between it and four PASS. */
const inTwoBands: Formula = (situation) => {
  const { floor, middle, top, first, second } = figures(situation.term);
  const base = upTo(withMinimum(assessedPensionBase(situation), floor, situation), top);
  const lower = { base: upTo(base, middle), rate: first };
  return { base, bearings: base.amount.atMost(middle.amount) ? [lower] : [lower, { base: above(base, middle), rate: second }] };
};

/** Craftsmen and traders each had a scheme of their own. */
const beforeTheMerger: Formula = (situation) =>
  situation.status === 'artisan'
    ? craftsmenBands(assessedPensionBase(situation), situation.term)
    : tradersBand(assessedPensionBase(situation), situation.term);

const formula = versions<Formula>('rci.formule', 'formule de la retraite complémentaire', [
  { from: '2012-01-01', source: LEGIFISCAL_2013, rule: beforeTheMerger },
  { from: '2013-01-01', source: OPENFISCA, rule: inTwoBands },
]);

export function supplementaryPension(situation: TraderSituation): Owed {
  const { base, bearings } = formula.on(situation.term.lawOn).value(situation);
  return owed(supplementaryPensionRule, base, bearings);
}

const figures = keptByTerm((term) => {
  const floor = ruleOf(floorShare.on(term.lawOn));
  return {
    floor: floor && shareOfPass(floor, term),
    middle: middleOf(term),
    top: shareOfPass(secondCeilingShare.on(term.lawOn), term),
    first: single(firstRate.on(term.scaleOn)),
    second: single(secondRate.on(term.scaleOn)),
  };
});

function middleOf(term: Term): Figure {
  if (firstBound.on(term.scaleOn).value === 'pass') return shareOfPass(wholePass.on(term.lawOn), term);
  return reducedToDays(firstCeiling.on(term.lawOn), term);
}
