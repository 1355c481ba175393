// Retraite de base des professions libérales (CNAVPL). CSS, art. L. 642-1 et D. 642-3 ; appelée par l’Urssaf pour la CIPAV depuis 2023.
import { Rate } from '@isu/values';
import { dated, ruleOf, versions } from '../dated.js';
import { pass, shareOfPass, shareOfWholePass } from '../law/pass.js';
import { smic, smicHours } from '../law/smic.js';
import {
  CIPAV_2016,
  CNAVPL_FLOOR_2023,
  DECREE_2024_688,
  L131_6_3,
  MON_ENTREPRISE,
  OPENFISCA,
  TABLES_2015,
  URSSAF_CIPAV,
} from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owedByParts } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, single, upTo } from '../scale.js';
import type { Base, Bearing, Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { LiberalSituation, Term } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { assessedBase } from './start-of-activity.js';

/** Who calls what the CIPAV is owed: the section itself, then Urssaf with all the rest. */
const cipavCollector = dated<'cipav' | 'urssaf'>('cipav.collecteur', 'organisme qui appelle les cotisations de la CIPAV', [
  { from: '2012-01-01', value: 'cipav', source: URSSAF_CIPAV },
  { from: '2023-01-01', value: 'urssaf', source: URSSAF_CIPAV },
]);

const firstRate = dated('cnavpl.taux-1', 'taux de la première tranche de la retraite de base des libéraux', [
  { from: '2012-01-01', value: Rate.percent('8.6'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('9.75'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('10.1'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('8.23'), source: OPENFISCA },
  { from: '2025-01-01', value: Rate.percent('8.73'), source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}` },
]);

const secondRate = dated('cnavpl.taux-2', 'taux de la seconde tranche de la retraite de base des libéraux', [
  { from: '2012-01-01', value: Rate.percent('1.6'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('1.81'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('1.87'), source: OPENFISCA },
]);

const earlierBoundShare = dated('cnavpl.borne-1', 'borne entre les deux tranches de la retraite de base des libéraux (jusqu’en 2014)', [
  { from: '2012-01-01', value: Rate.percent('85'), source: OPENFISCA },
]);

const secondCapShare = dated('cnavpl.plafond-2', 'plafond de la seconde tranche de la retraite de base des libéraux', [
  { from: '2012-01-01', value: Rate.percent('500'), source: OPENFISCA },
]);

const floorShare = dated<Rate | null>('cnavpl.assiette-minimale', 'assiette minimale de la retraite de base des libéraux', [
  {
    from: '2013-01-01',
    value: Rate.percent('5.25'),
    source: TABLES_2015,
    unsure: 'Assiette minimale de 2013 et 2014 : 5,25 % du PASS, comme celle des commerçants, par défaut.',
  },
  { from: '2015-01-01', value: Rate.percent('7.7'), source: TABLES_2015 },
  { from: '2016-01-01', value: Rate.percent('11.5'), source: CIPAV_2016 },
  { from: '2023-01-01', value: null, source: CNAVPL_FLOOR_2023 },
]);

const floorHours = dated<number>('cnavpl.assiette-minimale-heures', 'assiette minimale de la retraite des libéraux, en heures de SMIC', [
  { from: '2023-01-01', value: 450, source: CNAVPL_FLOOR_2023 },
]);

export const liberalBasicPensionRule: Rule = {
  id: 'liberal-basic-pension',
  code: 'retraite-base',
  title: 'Retraite de base',
  law: 'CSS, art. L. 642-1 et D. 642-3',
  parameters: [pass, smic, cipavCollector, firstRate, secondRate, earlierBoundShare, secondCapShare, floorShare, floorHours, wholePass],
  unsure: [
    'Chaque tranche est arrondie à l’euro : 365 € et 83 € font les 448 € publiés par la CIPAV en 2016.',
    `Bénéficiaires du RSA : ni cette assiette minimale ni celle de l’invalidité-décès ne leur sont appliquées (${L131_6_3} ; avant 2016, par défaut).`,
    'Année incomplète : l’assiette minimale n’est pas réduite, comme celle des commerçants, par défaut.',
  ],
};

/** Whether this liberal’s pensions are called with the other contributions. */
export const pensionsAreCalled = ({ section, term }: LiberalSituation): boolean =>
  section === 'cipav' && cipavCollector.on(term.lawOn).value === 'urssaf';

/** What any liberal owes for the basic pension, whoever calls it: outside the CIPAV since 2023 it is a part of what is declared. */
export function liberalBasicPension(situation: LiberalSituation): Owed {
  const { floor, cap } = figures(situation.term);
  const assessed = assessedBase(situation);
  const base = upTo(withMinimum(assessed, floor, situation), cap);
  return owedByParts(liberalBasicPensionRule, base, formula.on(situation.term.lawOn).value(base, situation.term));
}

type Formula = (base: Base, term: Term) => readonly Bearing[];

/** One rate up to 85 % of the PASS, another from there to five PASS. */
const oneAfterTheOther: Formula = (base, term) => {
  const { first, second } = figures(term);
  const bound = earlierBound(term);
  const lower = { base: upTo(base, bound), rate: first };
  return base.amount.atMost(bound.amount) ? [lower] : [lower, { base: above(base, bound), rate: second }];
};

/** Since 2015 both bear from the first euro: one up to one PASS, the other up to five. */
const oneOverTheOther: Formula = (base, term) => {
  const { first, second, middle } = figures(term);
  return [
    { base: upTo(base, middle), rate: first },
    { base, rate: second },
  ];
};

const formula = versions<Formula>('cnavpl.formule', 'formule de la retraite de base des libéraux', [
  { from: '2012-01-01', source: OPENFISCA, rule: oneAfterTheOther },
  { from: '2015-01-01', source: `${OPENFISCA} ; ${CIPAV_2016}`, rule: oneOverTheOther },
]);

const figures = keptByTerm((term) => ({
  floor: floorOn(term),
  middle: shareOfPass(wholePass.on(term.lawOn), term),
  cap: shareOfPass(secondCapShare.on(term.lawOn), term),
  first: single(firstRate.on(term.scaleOn)),
  second: single(secondRate.on(term.scaleOn)),
}));

const earlierBound = keptByTerm((term) => shareOfPass(earlierBoundShare.on(term.lawOn), term));

function floorOn(term: Term): Figure {
  const share = ruleOf(floorShare.on(term.lawOn));
  return share ? shareOfWholePass(share, term) : smicHours(floorHours.on(term.lawOn), term);
}
