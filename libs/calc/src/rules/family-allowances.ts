// Allocations familiales. CSS, art. L. 242-11, D. 242-15 et D. 242-15-1 (réduction depuis 2015) ; L. 621-3 s. et D. 613-1 depuis 2018.
import { Rate } from '@isu/values';
import { dated, versions } from '../dated.js';
import { pass, passThreshold } from '../law/pass.js';
import { rateStep } from '../law/rate-step.js';
import { DECREE_2014_1531, OPENFISCA, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { rateOn, single } from '../scale.js';
import type { AppliedRate, Base, RateScale } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation, Term } from '../situation.js';
import { assessedBase } from './start-of-activity.js';

const fullRate = dated('af.taux-plein', 'taux plein des allocations familiales', [
  { from: '2012-01-01', value: Rate.percent('5.4'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('5.25'), source: OPENFISCA },
  { from: '2018-01-01', value: Rate.percent('3.1'), source: OPENFISCA },
]);

const reducedRate = dated('af.taux-reduit', 'taux réduit des allocations familiales', [
  { from: '2015-01-01', value: Rate.percent('2.15'), source: `${DECREE_2014_1531} ; ${SEED}` },
  { from: '2018-01-01', value: Rate.zero, source: OPENFISCA },
]);

const lowerShare = dated('af.seuil-bas', 'seuil bas des allocations familiales', [
  { from: '2015-01-01', value: Rate.percent('110'), source: DECREE_2014_1531 },
]);

const upperShare = dated('af.seuil-haut', 'seuil haut des allocations familiales', [
  { from: '2015-01-01', value: Rate.percent('140'), source: DECREE_2014_1531 },
]);

export const familyAllowancesRule: Rule = {
  id: 'family-allowances',
  code: 'allocations-familiales',
  title: 'Allocations familiales',
  law: 'CSS, art. L. 242-11, D. 242-15 et D. 242-15-1 (jusqu’en 2017) ; D. 613-1 (depuis 2018)',
  parameters: [pass, fullRate, reducedRate, lowerShare, upperShare, rateStep],
  unsure: ['Année incomplète : les seuils de 110 % et 140 % suivent le PASS réduit aux jours d’affiliation, par défaut.'],
};

type RateFormula = (base: Base, term: Term) => AppliedRate;

const atFullRate: RateFormula = (_, { lawOn }) => single(fullRate.on(lawOn));

/** « 2,15 % jusqu’à 110 % du plafond […], entre 2,15 % et 5,25 % […], 5,25 % au-delà de 140 % » ; the rate bears on the whole income. */
const onScale: RateFormula = (base, term) => rateOn(base, scale(term));

const formula = versions<RateFormula>('af.formule', 'formule du taux des allocations familiales', [
  { from: '2012-01-01', source: OPENFISCA, rule: atFullRate },
  { from: '2015-01-01', source: DECREE_2014_1531, rule: onScale },
]);

export function familyAllowances(situation: AssessedSituation): Owed {
  const base = assessedBase(situation);
  // « Le bénéfice de cette réduction ne peut être cumulé avec […] tout autre dispositif » : not with that of the starts overseas.
  const rateOfYear = isOverseas(situation) ? atFullRate : formula.on(situation.term.lawOn).value;
  return owed(familyAllowancesRule, base, [{ base, rate: rateOfYear(base, situation.term) }]);
}

const isOverseas = (situation: AssessedSituation): boolean => situation.status !== 'profession-liberale' && situation.overseas !== null;

const scale = keptByTerm((term): RateScale => {
  const [low, high, lower, upper] = [
    reducedRate.on(term.lawOn),
    fullRate.on(term.lawOn),
    lowerShare.on(term.lawOn),
    upperShare.on(term.lawOn),
  ];
  return {
    points: [
      { at: passThreshold(lower.value, term), rate: low.value },
      { at: passThreshold(upper.value, term), rate: high.value },
    ],
    step: rateStep.on(term.lawOn),
    uses: [pass.on(term.lawOn), low, high, lower, upper],
  };
});
