// CSG et CRDS sur les revenus d’activité. CSS, art. L. 136-3 et L. 136-8 ; CRDS : ordonnance n° 96-50, art. 14 et 19.
import { Rate } from '@isu/values';
import type { Money } from '@isu/values';
import { dated } from '../dated.js';
import { expressionOf } from '../expression.js';
import { OPENFISCA, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Division, Owed, Rule } from '../owed.js';
import { sumOf, together } from '../scale.js';
import type { Base, Figure, SumTerm } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation, Term } from '../situation.js';
import { pensionsAreCalled } from './liberal-basic-pension.js';
import { bearsOnGrossIncome } from './single-base.js';
import { assessedBase } from './start-of-activity.js';

const deductible = dated('csg.deductible', 'CSG déductible', [
  { from: '2012-01-01', value: Rate.percent('5.1'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2018-01-01', value: Rate.percent('6.8'), source: OPENFISCA },
]);

const nonDeductible = dated('csg.non-deductible', 'CSG non déductible', [
  { from: '2012-01-01', value: Rate.percent('2.4'), source: `${OPENFISCA} ; ${SEED}` },
]);

const crds = dated('crds', 'CRDS', [{ from: '2012-01-01', value: Rate.percent('0.5'), source: `${OPENFISCA} ; ${SEED}` }]);

export const csgCrdsRule: Rule = {
  id: 'csg-crds',
  code: 'csg-crds',
  title: 'CSG-CRDS',
  law: 'CSS, art. L. 136-3 et L. 136-8 ; ordonnance n° 96-50, art. 14 et 19',
  parameters: [deductible, nonDeductible, crds],
  unsure: [
    'Revenu négatif : l’assiette est le revenu plus les cotisations, jamais moins de zéro ; autre lecture : un déficit compte pour zéro (950 € au lieu de 0 € pour −5 000 €).',
    'Partage : la part déductible est arrondie à l’euro et la part non déductible est le reste ; certains avis arrondissent chaque part.',
  ],
};

/**
 * Bears on the income and on the compulsory contributions of the year: those just priced (at the rates of the contribution
 * year, whatever the stage), and for a liberal those paid to the pension section. Never on CSG, CRDS or CFP.
 */
export function csgCrds(situation: AssessedSituation, contributions: readonly Owed[]): Owed {
  const base = csgBase(situation, contributions);
  return owed(csgCrdsRule, base, [{ base, rate: rates(situation.term) }], { shares: (line) => deductibleAndRest(line, situation.term) });
}

function csgBase(situation: AssessedSituation, contributions: readonly Owed[]): Base {
  // Flat years: the flat base alone; the contributions are not added (needed for the published 3 234).
  // Since 2025 the single base serves as it is.
  const { earnings } = situation;
  if (earnings.kind === 'limit' && !bearsOnGrossIncome(situation.term.scaleOn)) return baseAtLimit(earnings.limit, contributions);
  if (earnings.kind !== 'income') return assessedBase(situation);

  const terms: SumTerm[] = [{ fact: 'income', label: 'revenu', amount: earnings.income }];
  for (const { rule, amount } of contributions) terms.push({ label: rule.title.toLowerCase(), amount });
  if (situation.status === 'profession-liberale' && !pensionsAreCalled(situation)) {
    terms.push({
      fact: 'declaredPensionContributions',
      label: 'cotisations de retraite déclarées',
      amount: situation.declaredPensionContributions,
    });
  }
  return sumOf(terms);
}

/** The same sum where a relief is reckoned, on contributions that nobody is called for: each is told by its own arithmetic. */
const baseAtLimit = ({ amount, label, expression }: Figure, contributions: readonly Owed[]): Base =>
  sumOf([
    { label: label(), amount, expression },
    ...contributions.map((line) => ({ label: line.rule.title, amount: line.amount, expression: () => `(${expressionOf(line)})` })),
  ]);

const rates = keptByTerm(({ lawOn }) => together([deductible.on(lawOn), nonDeductible.on(lawOn), crds.on(lawOn)]));

/** The part deductible from income tax is rounded, the other is what remains. */
function deductibleAndRest({ base, amount }: Owed, term: Term): Division {
  const part = deductiblePart(base.amount, term);
  const parts = [
    { label: 'CSG déductible', amount: part },
    { label: 'CSG non déductible et CRDS', amount: amount.minus(part) },
  ];
  return { parts, uses: [deductible.on(term.lawOn)] };
}

/** What income tax lets deduct of the CSG on that base. */
export const deductiblePart = (base: Money, { lawOn }: Term): Money => base.times(deductible.on(lawOn).value).roundedToEuro();
