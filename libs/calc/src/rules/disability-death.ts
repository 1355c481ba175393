// Invalidité-décès des artisans et commerçants. CSS, art. L. 635-5 et D. 635-12.
import { Rate } from '@isu/values';
import { dated, ruleOf } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { smic, smicHours } from '../law/smic.js';
import { DECREE_2015_1856, IPS_2012, OPENFISCA, SEED, TABLES_2014 } from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { atLeast, single, upTo } from '../scale.js';
import type { Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { Term, TraderSituation } from '../situation.js';
import { minimumsAreWaived } from './minimum-bases.js';
import { assessedPensionBase } from './start-of-activity.js';

const craftsmanRate = dated('invalidite-deces.taux-artisan', 'taux de l’invalidité-décès des artisans', [
  { from: '2012-01-01', value: Rate.percent('1.8'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('1.6'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('1.3'), source: `${OPENFISCA} ; ${SEED}` },
]);

const traderRate = dated('invalidite-deces.taux-commercant', 'taux de l’invalidité-décès des commerçants', [
  { from: '2012-01-01', value: Rate.percent('1.3'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('1.1'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('1.3'), source: `${OPENFISCA} ; ${SEED}` },
]);

const floorHours = dated<number | null>(
  'invalidite-deces.assiette-minimale-heures',
  'assiette minimale de l’invalidité-décès, en heures de SMIC',
  [
    {
      from: '2012-01-01',
      value: 800,
      source: IPS_2012,
      unsure: 'Année incomplète de 2012 : cette assiette minimale n’est pas réduite, par défaut.',
    },
    { from: '2013-01-01', value: null, source: TABLES_2014 },
  ],
);

const floorShare = dated('invalidite-deces.assiette-minimale', 'assiette minimale de l’invalidité-décès', [
  { from: '2013-01-01', value: Rate.percent('20'), source: TABLES_2014 },
  { from: '2016-01-01', value: Rate.percent('11.5'), source: `${DECREE_2015_1856} ; ${SEED}` },
]);

export const disabilityDeathRule: Rule = {
  id: 'disability-death',
  code: 'invalidite-deces',
  title: 'Invalidité-décès',
  law: 'CSS, art. L. 635-5 et D. 635-12',
  parameters: [pass, smic, craftsmanRate, traderRate, floorHours, floorShare, wholePass],
  unsure: ['Année incomplète : l’assiette minimale suit le PASS réduit aux jours d’affiliation, par défaut.'],
};

export function disabilityDeath(situation: TraderSituation): Owed {
  const { floor, cap, rates } = figures(situation.term);

  // The floor holds for the flat bases too: « sans que ce revenu forfaitaire puisse être inférieur à [l’assiette] mentionnée à
  // l’article D. 635-12 » (CSS, art. D. 131-1).
  const assessed = assessedPensionBase(situation);
  const base = upTo(minimumsAreWaived(situation) ? assessed : atLeast(assessed, floor), cap);
  return owed(disabilityDeathRule, base, [{ base, rate: rates[situation.status] }]);
}

const figures = keptByTerm((term) => ({
  floor: floorOn(term),
  cap: shareOfPass(wholePass.on(term.lawOn), term),
  rates: { artisan: single(craftsmanRate.on(term.lawOn)), commercant: single(traderRate.on(term.lawOn)) },
}));

function floorOn(term: Term): Figure {
  const hours = ruleOf(floorHours.on(term.lawOn));
  return hours ? smicHours(hours, term) : shareOfPass(floorShare.on(term.lawOn), term);
}
