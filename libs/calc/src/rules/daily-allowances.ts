// Indemnités journalières (cotisation supplémentaire) des artisans et commerçants. CSS, art. L. 612-13 et D. 612-9.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { pass, shareOfWholePass } from '../law/pass.js';
import { CERFRANCE_2016, MON_ENTREPRISE, OPENFISCA, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { single, upTo } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { TraderSituation } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { assessedDailyAllowancesBase, dailyAllowancesShare } from './start-of-activity.js';

const rate = dated('ij.taux', 'taux des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('0.7'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2018-01-01', value: Rate.percent('0.85'), source: MON_ENTREPRISE },
]);

const floorShare = dated('ij.assiette-minimale', 'assiette minimale des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('40'), source: SEED },
]);

const capShare = dated('ij.plafond', 'plafond des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('500'), source: `${OPENFISCA} ; ${CERFRANCE_2016}` },
]);

export const dailyAllowancesRule: Rule = {
  id: 'daily-allowances',
  code: 'indemnites-journalieres',
  title: 'Indemnités journalières',
  law: 'CSS, art. L. 612-13 et D. 612-9 (jusqu’en 2017) ; L. 621-2 (depuis 2018)',
  parameters: [pass, rate, floorShare, capShare, dailyAllowancesShare],
  unsure: [],
};

export function dailyAllowances(situation: TraderSituation): Owed {
  const { floor, cap, applied } = figures(situation.term);

  // « […] ne peut être calculée sur une assiette inférieure à 40 % de la valeur annuelle du plafond », dans la limite de cinq plafonds.
  const base = upTo(withMinimum(assessedDailyAllowancesBase(situation), floor, situation), cap);
  return owed(dailyAllowancesRule, base, [{ base, rate: applied }]);
}

/** Neither bound is reduced to the days of membership: D. 131-1 sets this contribution apart. */
const figures = keptByTerm((term) => ({
  floor: shareOfWholePass(floorShare.on(term.lawOn), term),
  cap: shareOfWholePass(capShare.on(term.lawOn), term),
  applied: single(rate.on(term.lawOn)),
}));
