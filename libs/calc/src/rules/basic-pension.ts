// Retraite de base. CSS, art. L. 633-10, D. 633-2 (assiette minimale) et D. 633-3 (taux).
import { Rate } from '@isu/values';
import { dated, ruleOf } from '../dated.js';
import { pass, shareOfPass, shareOfWholePass } from '../law/pass.js';
import { smicHours, smic } from '../law/smic.js';
import {
  DECREE_2012_443,
  DECREE_2014_1637,
  DECREE_2015_1856,
  DECREE_2023_1352,
  DECREE_2024_688,
  IPS_2012,
  OPENFISCA,
  SEED,
} from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, single, together, upTo } from '../scale.js';
import type { Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { Term, TraderSituation } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { assessedPensionBase } from './start-of-activity.js';

const cappedRate = dated('retraite-base.taux-plafonne', 'taux plafonné de la retraite de base', [
  { from: '2012-01-01', value: Rate.percent('16.65'), source: OPENFISCA },
  { from: '2012-11-01', value: Rate.percent('16.85'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('16.95'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('17.05'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('17.15'), source: `${OPENFISCA} ; ${SEED}` },
]);

const uncappedRate = dated('retraite-base.taux-deplafonne', 'taux déplafonné de la retraite de base', [
  { from: '2012-01-01', value: Rate.zero, source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('0.2'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('0.35'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('0.5'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-01-01', value: Rate.percent('0.6'), source: OPENFISCA },
  { from: '2025-01-01', value: Rate.percent('0.72'), source: `${DECREE_2024_688} ; ${OPENFISCA}` },
]);

const floorShare = dated<Rate | null>('retraite-base.assiette-minimale', 'assiette minimale de la retraite de base', [
  { from: '2012-01-01', value: null, source: IPS_2012 },
  { from: '2013-01-01', value: Rate.percent('5.25'), source: DECREE_2012_443 },
  { from: '2015-01-01', value: Rate.percent('7.7'), source: DECREE_2014_1637 },
  { from: '2016-01-01', value: Rate.percent('11.5'), source: `${DECREE_2015_1856} ; ${SEED}` },
  { from: '2023-01-01', value: null, source: DECREE_2023_1352 },
]);

/** Before 2013, and again since 2023, the minimum is worth a number of pension quarters: hours at the SMIC of 1 January. */
const floorHours = dated<number | null>(
  'retraite-base.assiette-minimale-heures',
  'assiette minimale de la retraite de base, en heures de SMIC',
  [
    { from: '2012-01-01', value: 200, source: IPS_2012 },
    { from: '2013-01-01', value: null, source: DECREE_2012_443 },
    {
      from: '2023-01-01',
      value: 450,
      source: DECREE_2023_1352,
      unsure:
        'Les cotisations de 2023 ont d’abord été appelées sur 11,5 % du PASS (5 059 €) ; le décret de fin décembre vaut pour toute l’année 2023.',
    },
  ],
);

const floorDays = dated(
  'retraite-base.affiliation-minimale',
  'durée d’affiliation à partir de laquelle l’assiette minimale s’applique (jours)',
  [{ from: '2012-01-01', value: 90, source: `${DECREE_2012_443}, art. 4 (CSS, art. D. 633-2, al. 2)` }],
);

export const basicPensionRule: Rule = {
  id: 'basic-pension',
  code: 'retraite-base',
  title: 'Retraite de base',
  law: 'CSS, art. L. 633-10, D. 633-2 et D. 633-3',
  parameters: [pass, smic, cappedRate, uncappedRate, floorShare, floorHours, floorDays, wholePass],
  unsure: [],
};

export function basicPension(situation: TraderSituation): Owed {
  const { term } = situation;
  const { cap, floor, bothRates, uncapped } = figures(term);
  const base = withMinimum(assessedPensionBase(situation), minimumApplies(term) ? floor : null, situation);

  // Up to one PASS the capped and the uncapped rates add up; above it only the uncapped one bears.
  const capped = { base: upTo(base, cap), rate: bothRates };
  if (base.amount.atMost(cap.amount)) return owed(basicPensionRule, base, [capped]);
  return owed(basicPensionRule, base, [capped, { base: above(base, cap), rate: uncapped }]);
}

/** « Le présent alinéa s’applique aux travailleurs indépendants dont la durée d’affiliation est au moins égale à quatre-vingt-dix jours. » */
const minimumApplies = ({ days, lawOn }: Term): boolean => days >= floorDays.on(lawOn).value;

/** The ceiling follows the days of membership, the floor does not: « sans application du deuxième alinéa de l’article D. 612-6 ». */
const figures = keptByTerm((term) => {
  const uncapped = uncappedRate.on(term.scaleOn);
  return {
    cap: shareOfPass(wholePass.on(term.lawOn), term),
    floor: floorOn(term),
    bothRates: together([cappedRate.on(term.scaleOn), uncapped]),
    uncapped: single(uncapped),
  };
});

function floorOn(term: Term): Figure | null {
  const share = ruleOf(floorShare.on(term.lawOn));
  if (share) return shareOfWholePass(share, term);
  const hours = ruleOf(floorHours.on(term.lawOn));
  return hours && smicHours(hours, term);
}
