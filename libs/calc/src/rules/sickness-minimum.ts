// Assiette minimale de la cotisation maladie-maternité. CSS, art. D. 612-5, supprimée en 2016 ; D. 621-1 de 2018 à 2021.
import { Rate } from '@isu/values';
import type { Money } from '@isu/values';
import { dated, ruleOf } from '../dated.js';
import type { Dated } from '../dated.js';
import { shareOfPass } from '../law/pass.js';
import { D621_1, DECREE_2012_1551, DECREE_2014_1637, DECREE_2015_1856, DECREE_2022_1529, SEED, TABLES_2014 } from '../law/sources.js';
import type { Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation } from '../situation.js';

const share = dated<Rate | null>('maladie.assiette-minimale', 'assiette minimale maladie-maternité', [
  { from: '2012-01-01', value: Rate.percent('40'), source: TABLES_2014 },
  { from: '2015-01-01', value: Rate.percent('10'), source: DECREE_2014_1637 },
  { from: '2016-01-01', value: null, source: `${DECREE_2015_1856} ; ${SEED}` },
  { from: '2018-01-01', value: Rate.percent('40'), source: D621_1 },
  // From 2022 on the rate is nil up to that very floor, which changes nothing any more.
  { from: '2022-01-01', value: null, source: DECREE_2022_1529 },
]);

const reductionShare = dated<Rate | null>('maladie.reduction-assiette-minimale', 'réduction de l’assiette minimale au revenu nul', [
  { from: '2012-01-01', value: null, source: DECREE_2012_1551 },
  {
    from: '2013-01-01',
    value: Rate.percent('13'),
    source: `${DECREE_2012_1551} ; ${TABLES_2014}`,
    unsure:
      'La réduction s’annule à 40 % du PASS : en ligne droite, par défaut (650 € en 2013 et 659 € en 2014 au revenu nul sont prouvés).',
  },
  { from: '2015-01-01', value: null, source: DECREE_2014_1637 },
]);

/** Since 2018 the floor is that of L. 621-1, from which liberals are set apart. */
const liberalsHaveIt = dated<boolean>('maladie.assiette-minimale-liberaux', 'assiette minimale maladie-maternité des libéraux', [
  { from: '2012-01-01', value: true, source: TABLES_2014 },
  { from: '2018-01-01', value: false, source: D621_1 },
]);

export const sicknessMinimumParameters: readonly Dated<unknown>[] = [share, reductionShare, liberalsHaveIt];

/** The floor for this income, or nothing where the law has none. In 2013 and 2014 it sinks with the income. */
export function sicknessMinimum({ term, status }: AssessedSituation, income: Money): Figure | null {
  if (status === 'profession-liberale' && !liberalsHaveIt.on(term.lawOn).value) return null;
  const { floor, reduction } = minimumOf(term);
  if (floor === null || reduction === null || income.atLeast(floor.amount)) return floor;
  return reduced(floor, reduction, income);
}

const minimumOf = keptByTerm((term): { floor: Figure | null; reduction: Figure | null } => {
  const floor = ruleOf(share.on(term.lawOn));
  const reduction = ruleOf(reductionShare.on(term.lawOn));
  return { floor: floor && shareOfPass(floor, term), reduction: reduction && shareOfPass(reduction, term) };
});

/** « En cas de revenu nul, cette réduction correspond à 13 % du PASS […] la réduction décroît et s’annule […] à 40 % du PASS. » */
function reduced(floor: Figure, reduction: Figure, income: Money): Figure {
  const missing = Rate.between(floor.amount.minus(income), floor.amount);
  return {
    amount: floor.amount.minus(reduction.amount.times(missing).roundedToEuro()),
    label: () => `${floor.label()}, moins ${reduction.label()} à proportion de ce qui manque au revenu`,
    expression: () =>
      `${floor.expression()} - round(${reduction.expression()} * (${floor.expression()} - ${income}) / ${floor.expression()})`,
    uses: [...floor.uses, ...reduction.uses],
  };
}
