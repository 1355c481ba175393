// Invalidité-décès de la CIPAV, proportionnelle et appelée par l’Urssaf depuis 2023. CSS, art. L. 644-2 ; décret n° 2022-1746.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { DECREE_2022_1746, MODELE_TI, URSSAF_CIPAV } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { atLeast, single, upTo } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { LiberalSituation } from '../situation.js';
import { minimumsAreWaived } from './minimum-bases.js';
import { assessedBase } from './start-of-activity.js';

const SOURCE = `${DECREE_2022_1746} ; ${URSSAF_CIPAV}`;

const rate = dated('cipav.invalidite-deces', 'taux de l’invalidité-décès CIPAV', [
  { from: '2023-01-01', value: Rate.percent('0.5'), source: SOURCE },
]);

const floorShare = dated('cipav.invalidite-deces-minimum', 'assiette minimale de l’invalidité-décès CIPAV', [
  { from: '2023-01-01', value: Rate.percent('37'), source: SOURCE },
]);

const capShare = dated('cipav.invalidite-deces-plafond', 'plafond de l’invalidité-décès CIPAV', [
  { from: '2023-01-01', value: Rate.percent('185'), source: SOURCE },
]);

export const cipavDisabilityDeathRule: Rule = {
  id: 'cipav-disability-death',
  code: 'invalidite-deces',
  title: 'Invalidité-décès CIPAV',
  law: 'CSS, art. L. 644-2 (décret n° 2022-1746)',
  parameters: [pass, rate, floorShare, capShare],
  unsure: [`Années forfaitaires : l’assiette est le minimum de 37 % du PASS (${MODELE_TI}).`],
};

export function cipavDisabilityDeath(situation: LiberalSituation): Owed {
  const { floor, cap, applied } = figures(situation.term);
  const assessed = assessedBase(situation);
  const base = upTo(minimumsAreWaived(situation) ? assessed : atLeast(assessed, floor), cap);
  return owed(cipavDisabilityDeathRule, base, [{ base, rate: applied }]);
}

const figures = keptByTerm((term) => ({
  floor: shareOfPass(floorShare.on(term.lawOn), term),
  cap: shareOfPass(capShare.on(term.lawOn), term),
  applied: single(rate.on(term.scaleOn)),
}));
