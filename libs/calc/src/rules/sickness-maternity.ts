// Maladie-maternité. CSS, art. L. 612-4, D. 612-4 et D. 612-5 (minimum), dans leur rédaction du RSI ; art. L. 621-1 s. depuis 2018.
import { Rate } from '@isu/values';
import { dated, ruleOf, versions } from '../dated.js';
import { knot, scaleOf } from '../law/knots.js';
import type { Knots } from '../law/knots.js';
import { pass, shareOfPass } from '../law/pass.js';
import { rateStep } from '../law/rate-step.js';
import { DECREE_2024_688, MON_ENTREPRISE, OPENFISCA, RSI_2017, SEED, URSSAF_2022, URSSAF_2023 } from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, rateOn, single, upTo } from '../scale.js';
import type { Base, Bearing, RateScale } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation } from '../situation.js';
import { withMinimum } from './minimum-bases.js';
import { sicknessMinimum, sicknessMinimumParameters } from './sickness-minimum.js';
import { practitionerSickness } from './conventioned-practitioners.js';
import { sicknessMinimumIsWaived } from './insured-elsewhere.js';
import { assessedBase } from './start-of-activity.js';

/** Until 2012 the contribution had two bands: « 6,5 % » to one ceiling (0,6 + 5,9), « 5,9 % » from there to five. */
const beyondCeilingRate = dated('maladie.taux-au-dela', 'taux de la part au-delà d’un plafond (2012)', [
  {
    from: '2012-01-01',
    value: Rate.percent('5.9'),
    source: OPENFISCA,
    unsure: 'Les deux tranches de 2012 ne viennent que d’OpenFisca.',
  },
]);

const bandsCapShare = dated<Rate | null>('maladie.plafond-2012', 'plafond de la cotisation maladie-maternité (2012)', [
  { from: '2012-01-01', value: Rate.percent('500'), source: OPENFISCA },
  { from: '2013-01-01', value: null, source: OPENFISCA },
]);

const flatRate = dated('maladie.taux', 'taux de la cotisation maladie-maternité', [
  { from: '2012-01-01', value: Rate.percent('6.5'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('6.5'), source: `${OPENFISCA} ; ${SEED}` },
]);

const reformedKnots: Knots = [
  knot('20', Rate.zero),
  knot('40', Rate.percent('1.5')),
  knot('60', Rate.percent('4')),
  knot('110', Rate.percent('6.5')),
  knot('200', Rate.percent('7.7')),
  knot('300', Rate.percent('8.5')),
];

const tradersKnots = dated<Knots>('maladie.bareme', 'barème maladie-maternité des artisans et commerçants', [
  { from: '2017-01-01', source: RSI_2017, value: [knot('0', Rate.percent('3')), knot('70', Rate.percent('6.5'))] },
  // 1.35 % + 5 % × R / (1.1 P), less 1.35 % × (1 − R / (0.4 P)) below 0.4 P: nil; then 1.35 % + 5 % × 0.4 / 1.1,
  // which is 697/22000 exactly; then 6.35 %.
  {
    from: '2018-01-01',
    source: MON_ENTREPRISE,
    value: [knot('0', Rate.percent('0')), knot('40', Rate.of('697/22000')), knot('110', Rate.percent('6.35'))],
  },
  // The total with daily allowances is 0.5 % to 40 % of the PASS, 4.5 % at 60 %, 7.2 % at 110 %; less the allowances, 0.85 % at most.
  {
    from: '2022-01-01',
    source: `${URSSAF_2022} ; ${MON_ENTREPRISE}`,
    value: [knot('41.75', Rate.zero), knot('60', Rate.percent('3.65')), knot('110', Rate.percent('6.35'))],
  },
  {
    from: '2024-01-01',
    source: MON_ENTREPRISE,
    value: [knot('40', Rate.zero), knot('60', Rate.percent('4')), knot('110', Rate.percent('6.7'))],
  },
  { from: '2025-01-01', source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}`, value: reformedKnots },
]);

const liberalKnots = dated<Knots>('maladie.bareme-liberaux', 'barème maladie-maternité des professions libérales', [
  { from: '2017-01-01', source: RSI_2017, value: [knot('0', Rate.percent('3')), knot('70', Rate.percent('6.5'))] },
  { from: '2018-01-01', source: MON_ENTREPRISE, value: [knot('0', Rate.percent('1.5')), knot('110', Rate.percent('6.5'))] },
  {
    from: '2022-01-01',
    source: `${URSSAF_2023} ; ${MON_ENTREPRISE}`,
    value: [knot('40', Rate.zero), knot('60', Rate.percent('4')), knot('110', Rate.percent('6.5'))],
  },
  { from: '2025-01-01', source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}`, value: reformedKnots },
]);

const highIncomeShare = dated('maladie.seuil-haut-revenu', 'seuil au-delà duquel un taux unique s’applique', [
  { from: '2018-01-01', value: Rate.percent('500'), source: MON_ENTREPRISE },
  { from: '2025-01-01', value: Rate.percent('300'), source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}` },
]);

const highIncomeRate = dated('maladie.taux-haut-revenu', 'taux unique des hauts revenus', [
  { from: '2018-01-01', value: Rate.percent('6.5'), source: MON_ENTREPRISE },
]);

export const sicknessMaternityRule: Rule = {
  id: 'sickness-maternity',
  code: 'maladie',
  title: 'Maladie-maternité',
  law: 'CSS, art. L. 612-4, D. 612-4 et D. 612-5 (jusqu’en 2017) ; L. 621-1, D. 621-1 s. (depuis 2018)',
  parameters: [
    pass,
    flatRate,
    beyondCeilingRate,
    bandsCapShare,
    tradersKnots,
    liberalKnots,
    highIncomeShare,
    highIncomeRate,
    ...sicknessMinimumParameters,
    rateStep,
  ],
  unsure: [
    'Praticiens et auxiliaires médicaux conventionnés : le barème commun leur est appliqué tant que leur revenu conventionné n’est pas donné.',
    'De 2018 à 2021, l’assiette minimale de 40 % du PASS vaut pour le revenu réel, au taux de ce revenu ; D. 621-1 la dit due aussi les deux premières années, mais les assiettes forfaitaires sont tarifées seules, comme celles des autres années.',
  ],
};

/** The base that the rate bears on, after its floor, and the income that sets the rate. */
interface Assessed {
  readonly situation: AssessedSituation;
  readonly base: Base;
  readonly income: Base;
}

type Formula = (assessed: Assessed) => readonly Bearing[];

/** 6.5 % to one ceiling, 5.9 % from there to five, nothing above. */
const inTwoBands: Formula = ({ situation, base }) => {
  const { ceiling, lower, beyond } = bands(situation.term);
  const capped = { base: upTo(base, ceiling), rate: lower };
  return base.amount.atMost(ceiling.amount) ? [capped] : [capped, { base: above(base, ceiling), rate: beyond }];
};

/** « Le taux de la cotisation est fixé à 6,50 % » de tout le revenu, sans plafond. */
const atFlatRate: Formula = ({ situation, base }) => [{ base, rate: single(flatRate.on(situation.term.lawOn)) }];

/**
 * The rate grows in a straight line with income and bears on the whole of it; on no less than 40 % of the PASS from 2018 to 2021, the
 * rate staying that of the real income: « r est le revenu d’activité, tel que défini à l’article L. 131-6 » (D. 621-2).
 */
const onScale: Formula = ({ situation, base, income }) => [{ base, rate: rateOn(income, scaleFor(situation)) }];

function scaleFor(situation: AssessedSituation): RateScale {
  if (situation.status === 'profession-liberale') return liberalScale(situation.term);
  return situation.overseas ? overseasScale(situation.term) : tradersScale(situation.term);
}

/** From 2018 traders and craftsmen pay the scale up to five PASS, and a single rate on the part above. Liberals have no such part. */
const onScaleAndAbove: Formula = (assessed) =>
  assessed.situation.status === 'profession-liberale' ? onScale(assessed) : withHighIncome(assessed);

/** From 2025 the same holds for all, above three PASS. */
const withHighIncome: Formula = (assessed) => {
  const { situation, base } = assessed;
  const { threshold, rate } = highIncome(situation.term);
  if (base.amount.atMost(threshold.amount)) return onScale(assessed);
  const below = upTo(base, threshold);
  return [...onScale({ situation, base: below, income: below }), { base: above(base, threshold), rate }];
};

const formula = versions<Formula>('maladie.formule', 'formule de la cotisation maladie-maternité', [
  { from: '2012-01-01', source: OPENFISCA, rule: inTwoBands },
  { from: '2013-01-01', source: OPENFISCA, rule: atFlatRate },
  { from: '2017-01-01', source: RSI_2017, rule: onScale },
  { from: '2018-01-01', source: MON_ENTREPRISE, rule: onScaleAndAbove },
  { from: '2025-01-01', source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}`, rule: withHighIncome },
]);

export function sicknessMaternity(situation: AssessedSituation): Owed {
  if (situation.status === 'profession-liberale' && situation.conventionedIncome !== null) {
    return practitionerSickness(situation, situation.conventionedIncome, (base, term) => rateOn(base, liberalScale(term)));
  }
  const assessed = assessedBase(situation);
  const minimum = sicknessMinimumIsWaived(situation) ? null : sicknessMinimum(situation, assessed.amount);
  const floored = withMinimum(assessed, minimum, situation);
  const cap = bandsCap(situation.term);
  const base = cap ? upTo(floored, cap) : floored;
  return owed(sicknessMaternityRule, base, formula.on(situation.term.scaleOn).value({ situation, base, income: assessed }));
}

const bands = keptByTerm((term) => ({
  ceiling: shareOfPass(wholePass.on(term.lawOn), term),
  lower: single(flatRate.on(term.lawOn)),
  beyond: single(beyondCeilingRate.on(term.lawOn)),
}));

const bandsCap = keptByTerm((term) => {
  const share = ruleOf(bandsCapShare.on(term.lawOn));
  return share && shareOfPass(share, term);
});

const highIncome = keptByTerm((term) => ({
  threshold: shareOfPass(highIncomeShare.on(term.scaleOn), term),
  rate: single(highIncomeRate.on(term.scaleOn)),
}));

/** No reduction overseas: the last rate of the scale, whatever the income. */
const overseasScale = keptByTerm((term) => {
  const { points, step, uses } = scaleOf(tradersKnots.on(term.scaleOn), term);
  return { points: [points.at(-1) ?? points[0]] as const, step, uses };
});

const tradersScale = keptByTerm((term) => scaleOf(tradersKnots.on(term.scaleOn), term));
const liberalScale = keptByTerm((term) => scaleOf(liberalKnots.on(term.scaleOn), term));
