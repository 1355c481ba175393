// Indemnités journalières (cotisation supplémentaire). CSS, art. L. 612-13 et D. 612-9, puis L. 621-2 ; libéraux : L. 621-2 depuis 2021.
import { Rate } from '@isu/values';
import { dated, versions } from '../dated.js';
import { knot, scaleOf } from '../law/knots.js';
import type { Knots } from '../law/knots.js';
import { pass, shareOfWholePass } from '../law/pass.js';
import { rateStep } from '../law/rate-step.js';
import { CERFRANCE_2016, LIBERAL_IJ_2021, MON_ENTREPRISE, OPENFISCA, SEED, URSSAF_2022 } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { rateOn, single, upTo } from '../scale.js';
import type { AppliedRate, Base } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { LiberalSituation, Term, TraderSituation } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { assessedDailyAllowancesBase, dailyAllowancesShare } from './start-of-activity.js';

const rate = dated('ij.taux', 'taux des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('0.7'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2018-01-01', value: Rate.percent('0.85'), source: MON_ENTREPRISE },
  { from: '2024-01-01', value: Rate.percent('0.5'), source: MON_ENTREPRISE },
]);

/** In 2022 and 2023 the rate never exceeds that of sickness and daily allowances together: 0.5 % to 40 % of the PASS, 4.5 % at 60 %. */
const tradersKnots = dated<Knots>('ij.bareme', 'barème des indemnités journalières des artisans et commerçants (2022-2023)', [
  {
    from: '2022-01-01',
    source: `${URSSAF_2022} ; ${MON_ENTREPRISE}`,
    value: [knot('40', Rate.percent('0.5')), knot('41.75', Rate.percent('0.85'))],
  },
]);

const floorShare = dated('ij.assiette-minimale', 'assiette minimale des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('40'), source: SEED },
]);

const capShare = dated('ij.plafond', 'plafond des indemnités journalières', [
  { from: '2012-01-01', value: Rate.percent('500'), source: `${OPENFISCA} ; ${CERFRANCE_2016}` },
]);

const liberalRate = dated<Rate>('ij.taux-liberaux', 'taux des indemnités journalières des professions libérales', [
  {
    from: '2021-01-01',
    value: Rate.percent('0.15'),
    source: LIBERAL_IJ_2021,
    unsure: 'Née le 1er juillet 2021 : le demi-taux de 0,15 % porte sur l’assiette de toute l’année 2021.',
  },
  { from: '2022-01-01', value: Rate.percent('0.3'), source: MON_ENTREPRISE },
]);

const liberalCapShare = dated('ij.plafond-liberaux', 'plafond des indemnités journalières des professions libérales', [
  { from: '2021-01-01', value: Rate.percent('300'), source: MON_ENTREPRISE },
]);

export const dailyAllowancesRule: Rule = {
  id: 'daily-allowances',
  code: 'indemnites-journalieres',
  title: 'Indemnités journalières',
  law: 'CSS, art. L. 612-13 et D. 612-9 (jusqu’en 2017) ; L. 621-2 (depuis 2018)',
  parameters: [pass, rate, tradersKnots, floorShare, capShare, liberalRate, liberalCapShare, dailyAllowancesShare, rateStep],
  unsure: [],
};

export function dailyAllowances(situation: TraderSituation): Owed {
  const { floor, cap } = figures(situation.term);

  // « […] ne peut être calculée sur une assiette inférieure à 40 % de la valeur annuelle du plafond », dans la limite de cinq plafonds.
  const base = upTo(withMinimum(assessedDailyAllowancesBase(situation), floor, situation), cap);
  return owed(dailyAllowancesRule, base, [{ base, rate: formula.on(situation.term.lawOn).value(base, situation.term) }]);
}

/** Liberals have owed it since 1 July 2021, in the limit of three ceilings. */
export function liberalDailyAllowances(situation: LiberalSituation): Owed {
  const { floor } = figures(situation.term);
  const { cap, rate: applied } = liberalFigures(situation.term);
  const base = upTo(withMinimum(assessedDailyAllowancesBase(situation), floor, situation), cap);
  return owed(dailyAllowancesRule, base, [{ base, rate: applied }]);
}

export const liberalsOweDailyAllowances = ({ term }: LiberalSituation): boolean => liberalRate.isKnownOn(term.lawOn);

type RateFormula = (base: Base, term: Term) => AppliedRate;

const atOneRate: RateFormula = (_, term) => figures(term).applied;
const onScale: RateFormula = (base, term) => rateOn(base, scale(term));

const formula = versions<RateFormula>('ij.formule', 'formule du taux des indemnités journalières', [
  { from: '2012-01-01', source: OPENFISCA, rule: atOneRate },
  { from: '2022-01-01', source: URSSAF_2022, rule: onScale },
  { from: '2024-01-01', source: MON_ENTREPRISE, rule: atOneRate },
]);

/** Neither bound is reduced to the days of membership: D. 131-1 sets this contribution apart. */
const figures = keptByTerm((term) => ({
  floor: shareOfWholePass(floorShare.on(term.lawOn), term),
  cap: shareOfWholePass(capShare.on(term.lawOn), term),
  applied: single(rate.on(term.lawOn)),
}));

const scale = keptByTerm((term) => scaleOf(tradersKnots.on(term.lawOn), { ...term, days: term.daysOfYear }));

const liberalFigures = keptByTerm((term) => {
  const known = liberalRate.on(term.lawOn);
  return { rate: single(known), cap: shareOfWholePass(liberalCapShare.on(term.lawOn), term) };
});
