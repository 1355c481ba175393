// Maladie-maternité. CSS, art. L. 612-4, D. 612-4 et D. 612-5 (minimum), dans leur rédaction du RSI ; art. L. 621-1 s. depuis 2018.
import { Rate } from '@isu/values';
import { dated, versions } from '../dated.js';
import type { Known } from '../dated.js';
import { pass, passThreshold, shareOfPass } from '../law/pass.js';
import { rateStep } from '../law/rate-step.js';
import { MON_ENTREPRISE, OPENFISCA, RSI_2017, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, rateOn, single, upTo } from '../scale.js';
import type { Base, Bearing, RateScale, ScalePoint } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation, Term } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { sicknessMinimum, sicknessMinimumParameters } from './sickness-minimum.js';
import { assessedBase } from './start-of-activity.js';

/** The knots of a scale as the decrees give them: shares of the PASS, and the rate due at each. */
type Knots = readonly [Knot, ...Knot[]];
interface Knot {
  readonly pass: Rate;
  readonly rate: Rate;
}
const knot = (passPercent: string, rate: Rate): Knot => ({ pass: Rate.percent(passPercent), rate });

const flatRate = dated('maladie.taux', 'taux de la cotisation maladie-maternité', [
  { from: '2013-01-01', value: Rate.percent('6.5'), source: `${OPENFISCA} ; ${SEED}` },
]);

const tradersKnots = dated<Knots>('maladie.bareme', 'barème maladie-maternité des artisans et commerçants', [
  { from: '2017-01-01', source: RSI_2017, value: [knot('0', Rate.percent('3')), knot('70', Rate.percent('6.5'))] },
  // 1.35 % + 5 % × R / (1.1 P), less 1.35 % × (1 − R / (0.4 P)) below 0.4 P: nil; then 1.35 % + 5 % × 0.4 / 1.1,
  // which is 697/22000 exactly; then 6.35 %.
  {
    from: '2018-01-01',
    source: MON_ENTREPRISE,
    value: [knot('0', Rate.percent('0')), knot('40', Rate.of('697/22000')), knot('110', Rate.percent('6.35'))],
  },
]);

const liberalKnots = dated<Knots>('maladie.bareme-liberaux', 'barème maladie-maternité des professions libérales', [
  { from: '2017-01-01', source: RSI_2017, value: [knot('0', Rate.percent('3')), knot('70', Rate.percent('6.5'))] },
  { from: '2018-01-01', source: MON_ENTREPRISE, value: [knot('0', Rate.percent('1.5')), knot('110', Rate.percent('6.5'))] },
]);

const highIncomeShare = dated('maladie.seuil-haut-revenu', 'seuil au-delà duquel un taux unique s’applique (artisans, commerçants)', [
  { from: '2018-01-01', value: Rate.percent('500'), source: MON_ENTREPRISE },
]);

const highIncomeRate = dated('maladie.taux-haut-revenu', 'taux au-delà de cinq plafonds (artisans, commerçants)', [
  { from: '2018-01-01', value: Rate.percent('6.5'), source: MON_ENTREPRISE },
]);

export const sicknessMaternityRule: Rule = {
  id: 'sickness-maternity',
  code: 'maladie',
  title: 'Maladie-maternité',
  law: 'CSS, art. L. 612-4, D. 612-4 et D. 612-5 (jusqu’en 2017) ; L. 621-1, D. 621-1 s. (depuis 2018)',
  parameters: [pass, flatRate, tradersKnots, liberalKnots, highIncomeShare, highIncomeRate, ...sicknessMinimumParameters, rateStep],
  unsure: [
    'Praticiens et auxiliaires médicaux conventionnés (9,81 % dont 9,70 points pris en charge) : non tarifés, le barème commun leur est appliqué.',
    'Depuis 2018 le plancher de 40 % du PASS est sans effet sur cette ligne : le taux est nul au revenu nul.',
  ],
};

type Formula = (situation: AssessedSituation, base: Base) => readonly Bearing[];

/** « Le taux de la cotisation est fixé à 6,50 % » de tout le revenu, sans plafond. */
const atFlatRate: Formula = ({ term }, base) => [{ base, rate: single(flatRate.on(term.lawOn)) }];

/** The rate grows in a straight line with income and bears on the whole of it. */
const onScale: Formula = ({ status, term }, base) => {
  const scale = status === 'profession-liberale' ? liberalScale(term) : tradersScale(term);
  return [{ base, rate: rateOn(base, scale) }];
};

/** From 2018 traders and craftsmen pay the scale up to five PASS, and a single rate on the part above. Liberals have no such part. */
const onScaleAndAbove: Formula = (situation, base) => {
  if (situation.status === 'profession-liberale') return onScale(situation, base);
  const { threshold, rate } = highIncome(situation.term);
  if (base.amount.atMost(threshold.amount)) return onScale(situation, base);
  const below = upTo(base, threshold);
  return [...onScale(situation, below), { base: above(base, threshold), rate }];
};

const formula = versions<Formula>('maladie.formule', 'formule de la cotisation maladie-maternité', [
  { from: '2013-01-01', source: OPENFISCA, rule: atFlatRate },
  { from: '2017-01-01', source: RSI_2017, rule: onScale },
  { from: '2018-01-01', source: MON_ENTREPRISE, rule: onScaleAndAbove },
]);

export function sicknessMaternity(situation: AssessedSituation): Owed {
  const assessed = assessedBase(situation);
  const base = withMinimum(assessed, sicknessMinimum(situation.term, assessed.amount), situation);
  return owed(sicknessMaternityRule, base, formula.on(situation.term.lawOn).value(situation, base));
}

const highIncome = keptByTerm((term) => ({
  threshold: shareOfPass(highIncomeShare.on(term.lawOn), term),
  rate: single(highIncomeRate.on(term.lawOn)),
}));

const tradersScale = keptByTerm((term) => scaleOf(tradersKnots.on(term.lawOn), term));
const liberalScale = keptByTerm((term) => scaleOf(liberalKnots.on(term.lawOn), term));

function scaleOf(knots: Known<Knots>, term: Term): RateScale {
  const toPoint = ({ pass: share, rate }: Knot): ScalePoint => ({ at: passThreshold(share, term), rate });
  const [first, ...others] = knots.value;
  return { points: [toPoint(first), ...others.map(toPoint)], step: rateStep.on(term.lawOn), uses: [pass.on(term.lawOn), knots] };
}
