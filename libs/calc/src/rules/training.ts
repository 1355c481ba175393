// Contribution à la formation professionnelle (CFP). Code du travail, art. L. 6331-48.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { once } from '../kept.js';
import { pass } from '../law/pass.js';
import { MON_ENTREPRISE, OPENFISCA, RSI_2017, SEED, TABLES_2015, URSSAF_2018 } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { fixed, nil, single } from '../scale.js';
import type { Base } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation, Term } from '../situation.js';

const rate = dated('cfp.taux', 'taux de la CFP des commerçants et des professions libérales', [
  { from: '2012-01-01', value: Rate.percent('0.15'), source: OPENFISCA },
  { from: '2012-08-18', value: Rate.percent('0.25'), source: `${OPENFISCA} ; ${SEED}` },
]);

const spouseRate = dated('cfp.taux-conjoint', 'taux de la CFP avec un conjoint collaborateur', [
  {
    from: '2012-01-01',
    value: Rate.percent('0.24'),
    source: OPENFISCA,
    unsure:
      'Avant la loi d’août 2012 : 0,24 % (0,15 % plus les 0,09 point du conjoint) ; aucune source lue ne l’imprime, 0,34 % est l’autre lecture.',
  },
  { from: '2012-08-18', value: Rate.percent('0.34'), source: `${RSI_2017} ; ${MON_ENTREPRISE}` },
]);

const craftsmanRate = dated('cfp.taux-artisan', 'taux de la CFP des artisans', [
  { from: '2012-01-01', value: Rate.percent('0.29'), source: `${OPENFISCA} ; ${URSSAF_2018}` },
]);

/** Who collects the contribution of craftsmen: the tax office first, so that nothing is called on this account. */
const craftsmanCollector = dated<'dgfip' | 'urssaf'>('cfp.collecteur-artisan', 'organisme collecteur de la CFP des artisans', [
  { from: '2012-01-01', value: 'dgfip', source: `${SEED} ; ${TABLES_2015}` },
  { from: '2018-01-01', value: 'urssaf', source: URSSAF_2018 },
]);

/** Called in February for the year before until 2017; in November for the year itself since 2018. */
const ceilingYear = dated<'previous' | 'same'>('cfp.annee-du-pass', 'année du PASS sur lequel la CFP est calculée', [
  { from: '2012-01-01', value: 'previous', source: `${SEED} (PASS 2015 en 2016) ; ${RSI_2017}` },
  { from: '2018-01-01', value: 'same', source: URSSAF_2018 },
]);

export const trainingRule: Rule = {
  id: 'training',
  code: 'cfp',
  title: 'Contribution à la formation professionnelle',
  law: 'Code du travail, art. L. 6331-48',
  parameters: [pass, rate, spouseRate, craftsmanRate, craftsmanCollector, ceilingYear],
  unsure: [
    'Appels forfaitaires : aucune CFP, comme les totaux publiés (3 234 en 2016, 3 102 et 4 405 en 2017) ; celle de l’année précédente pourrait s’ajouter à l’appel de la deuxième année (95 € en 2016), et celle de 2018 à l’appel forfaitaire de 2018.',
    'Artisans d’Alsace (0,17 % jusqu’en 2017) : recouvrée par l’administration fiscale, rien n’est appelé sur ce compte.',
  ],
};

const TAX_OFFICE_COLLECTS =
  'La contribution à la formation professionnelle des artisans est recouvrée par l’administration fiscale jusqu’à la fin de 2017 : rien n’est appelé sur ce compte.';

/** Nothing at all on a flat call: the published totals of both flat years exclude it. */
export function training(situation: AssessedSituation): Owed | null {
  if (situation.earnings.kind === 'flat') return null;
  const { base, trader, withSpouse, craftsman, collector } = figures(situation.term);

  // « Artisan non inscrit au répertoire des métiers » : he pays to the RSI what a trader pays (rsi.fr, 2017).
  if (situation.status === 'artisan' && !situation.offTradesRegister) {
    if (collector.value === 'urssaf') return owed(trainingRule, base, [{ base, rate: craftsman }]);
    return owed(trainingRule, base, [{ base, rate: nil([collector]) }], { reason: TAX_OFFICE_COLLECTS });
  }
  return owed(trainingRule, base, [{ base, rate: situation.collaboratingSpouse ? withSpouse : trader }]);
}

const figures = keptByTerm((term) => ({
  base: ceilingBase(term),
  trader: single(rate.on(term.lawOn)),
  withSpouse: single(spouseRate.on(term.lawOn)),
  craftsman: single(craftsmanRate.on(term.lawOn)),
  collector: craftsmanCollector.on(term.lawOn),
}));

/** A whole PASS, never reduced to the days of membership. */
function ceilingBase({ lawOn }: Term): Base {
  const year = ceilingYear.on(lawOn);
  const ceiling = pass.on(year.value === 'previous' ? lawOn.minusMonths(12) : lawOn);
  return fixed({
    amount: ceiling.value,
    label: once(() => `PASS ${ceiling.from.slice(0, 4)}`),
    expression: once(() => `${ceiling.value}`),
    uses: [ceiling, year],
  });
}
