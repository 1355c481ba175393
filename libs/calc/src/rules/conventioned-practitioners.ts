// Maladie-maternité des praticiens et auxiliaires médicaux conventionnés (PAMC). CSS, art. L. 722-1, L. 722-4 et D. 722-2.
import { Money, Rate } from '@isu/values';
import { dated, versions } from '../dated.js';
import { MIDWIFE_2016, MON_ENTREPRISE } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { declared, fixed, single, sumOf } from '../scale.js';
import type { AppliedRate, Base, Bearing } from '../scale.js';
import type { Earnings, LiberalSituation, Term } from '../situation.js';

/** The rate before the share of the sickness fund. */
const grossRate = dated('maladie.pamc.taux', 'taux de la cotisation maladie des praticiens conventionnés, avant prise en charge', [
  {
    from: '2013-01-01',
    value: Rate.percent('9.81'),
    source: MIDWIFE_2016,
    unsure: 'Début en 2013 par défaut ; pour 2016, une lettre professionnelle annonce 6,5 % et une contribution de 1,65 % : non retenu.',
  },
]);

/** What is left to the practitioner on the conventioned income, overruns of fees left out; the sickness fund pays the rest. */
const remainingRate = dated('maladie.pamc.reste-a-charge', 'part de la cotisation maladie restant à la charge du praticien conventionné', [
  { from: '2013-01-01', value: Rate.percent('0.11'), source: MIDWIFE_2016 },
  { from: '2017-01-01', value: Rate.percent('0.1'), source: MON_ENTREPRISE },
]);

const additionalRate = dated('maladie.pamc.contribution-additionnelle', 'contribution additionnelle sur le revenu non conventionné', [
  { from: '2017-01-01', value: Rate.percent('3.25'), source: MON_ENTREPRISE },
]);

export const conventionedPractitionersRule: Rule = {
  id: 'conventioned-practitioners',
  code: 'maladie',
  title: 'Maladie-maternité (praticiens conventionnés)',
  law: 'CSS, art. L. 722-1, L. 722-4 et D. 722-2',
  parameters: [grossRate, remainingRate, additionalRate],
  unsure: [
    'Depuis 2017 : le barème des libéraux, plus 3,25 % du revenu non conventionné ; les barèmes Urssaf de 2017 à 2021 impriment 6,5 % et non le barème. La part conventionnée paie 0,1 % dans les deux lectures.',
    'La CSG-CRDS porte sur ce que le praticien paie lui-même, hors part de la CPAM, par défaut.',
    'La part de la CPAM dans les allocations familiales des médecins de secteur 1 et dans leurs retraites n’est pas tarifée.',
  ],
};

/** The scale of all liberals, as the sickness contribution reads it. */
type CommonRate = (base: Base, term: Term) => AppliedRate;

interface Earned {
  /** The whole income, which sets the place on the scale. */
  readonly whole: Base;
  readonly conventioned: Base;
  readonly rest: Base;
}

type Formula = (earned: Earned, term: Term, commonRate: CommonRate) => readonly Bearing[];

/** « 9,81 % dont 9,70 % pris en charge par la CPAM » on the conventioned income; in full on the rest. */
const grossOnTheRest: Formula = ({ conventioned, rest }, { lawOn }) => [
  { base: conventioned, rate: remaining({ lawOn }) },
  { base: rest, rate: single(grossRate.on(lawOn)) },
];

/** The common scale, of which the sickness fund leaves 0.1 point at most; the additional contribution on the rest. */
const scaleAndAdditional: Formula = ({ whole, conventioned, rest }, term, commonRate) => {
  const common = commonRate(whole, term);
  const left = remaining(term);
  return [
    { base: conventioned, rate: common.value.atMost(left.value) ? common : left },
    { base: rest, rate: common },
    { base: rest, rate: single(additionalRate.on(term.lawOn)) },
  ];
};

const formula = versions<Formula>('maladie.pamc.formule', 'formule de la cotisation maladie des praticiens conventionnés', [
  { from: '2013-01-01', source: MIDWIFE_2016, rule: grossOnTheRest },
  { from: '2017-01-01', source: MON_ENTREPRISE, rule: scaleAndAdditional },
]);

const remaining = ({ lawOn }: Pick<Term, 'lawOn'>): AppliedRate => single(remainingRate.on(lawOn));

/** Priced on an income told in two: what was earned under the convention, and the rest. */
export function practitionerSickness(situation: LiberalSituation, conventionedIncome: Money, commonRate: CommonRate): Owed {
  const whole = wholeIncome(situation.earnings);
  const conventioned = declared('conventionedIncome', Money.min(conventionedIncome, whole.amount));
  const rest = sumOf([
    { fact: 'income', label: 'revenu', amount: whole.amount },
    { label: 'part conventionnée', amount: conventioned.amount.negated() },
  ]);
  const bearings = formula.on(situation.term.lawOn).value({ whole, conventioned, rest }, situation.term, commonRate);
  return owed(conventionedPractitionersRule, whole, bearings);
}

function wholeIncome(earnings: Earnings): Base {
  if (earnings.kind === 'limit') return fixed(earnings.limit);
  return declared('income', earnings.kind === 'income' ? earnings.income : Money.zero);
}
