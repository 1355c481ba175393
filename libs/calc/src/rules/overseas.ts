// Début d’activité outre-mer : vingt-quatre mois d’exonération. CSS, art. L. 756-2, L. 756-5 et D. 756-4.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated, versions } from '../dated.js';
import { baseExpression, expressionOf } from '../expression.js';
import { pass, shareOfPass } from '../law/pass.js';
import { D756_4, L756_5, MODELE_TI, OVERSEAS_LINES } from '../law/sources.js';
import { withRelief } from '../owed.js';
import type { Owed, Relief, Text } from '../owed.js';
import type { Figure } from '../scale.js';
import type { TraderSituation } from '../situation.js';
import { assessedBase } from './start-of-activity.js';

const relievedMonths = dated('outre-mer.mois', 'durée de l’exonération de début d’activité outre-mer (mois)', [
  { from: '2012-01-01', value: 24, source: L756_5 },
]);

const limitShare = dated('outre-mer.limite', 'revenu dont les cotisations bornent l’exonération outre-mer (selon la date de début)', [
  { from: '2017-01-01', value: Rate.percent('110'), source: D756_4 },
]);

const degressiveShare = dated('outre-mer.degressivite', 'revenu à partir duquel l’exonération outre-mer décroît (selon la date de début)', [
  { from: '2017-01-01', value: Rate.percent('150'), source: D756_4 },
]);

const endShare = dated('outre-mer.fin', 'revenu à partir duquel l’exonération outre-mer est nulle (selon la date de début)', [
  { from: '2017-01-01', value: Rate.percent('250'), source: D756_4 },
]);

export const overseasText: Text = {
  id: 'overseas',
  title: 'Début d’activité outre-mer',
  law: 'CSS, art. L. 756-5 (débuts jusqu’en 2016) ; L. 756-2 et D. 756-4 (depuis)',
  parameters: [pass, relievedMonths, limitShare, degressiveShare, endShare],
  unsure: [
    `Lignes exonérées : maladie, indemnités journalières, allocations familiales, retraite de base, invalidité-décès, CSG-CRDS ; restent dues la retraite complémentaire et la CFP (${OVERSEAS_LINES}).`,
    'Entre 110 % et 250 % du PASS l’exonération est calculée ligne par ligne ; le texte ne la donne qu’en total.',
    `Outre-mer, ni la réduction du taux de maladie ni celle des allocations familiales ne s’appliquent (${MODELE_TI}, pour 2025 et 2026 ; par défaut avant).`,
    'Une année que les vingt-quatre mois ne couvrent pas entièrement (abattement de moitié jusqu’en 2016, exonération de 75 % puis de 50 % depuis), et les professions libérales : refusées, les lignes concernées n’étant pas établies.',
  ],
};

interface Relieving {
  readonly line: Owed;
  readonly situation: TraderSituation;
  readonly priceAt: (limit: Figure) => Owed;
}

interface Taken {
  readonly amount: Money;
  readonly factor: Rate;
  readonly expression: () => string;
  readonly uses: Relief['uses'];
}

type Regime = (relieving: Relieving, startedOn: Day) => Taken | null;

/** « La personne débutant l’exercice d’une activité […] est exonérée des cotisations et contributions […] pour vingt-quatre mois. » */
const wholeLine: Regime = ({ line }) => ({ amount: line.amount, factor: Rate.one, expression: () => expressionOf(line), uses: [] });

/**
 * « 100 % des cotisations […], dans la limite des montants dus pour un revenu égal à 110 % du plafond » ; from 150 to 250 % of it,
 * « E / PSS × (2,5 PSS − R) ».
 */
const upToTheLimit: Regime = ({ line, situation, priceAt }, startedOn) => {
  const { term } = situation;
  const base = assessedBase(situation);
  const [limit, degressive, end] = [limitShare, degressiveShare, endShare].map((share) => shareOfPass(share.on(startedOn), term));
  if (!limit || !degressive || !end || base.amount.atLeast(end.amount)) return null;
  if (base.amount.atMost(limit.amount))
    return { amount: line.amount, factor: Rate.one, expression: () => expressionOf(line), uses: limit.uses };
  const most = priceAt(limit);
  if (base.amount.atMost(degressive.amount)) {
    return { amount: most.amount, factor: Rate.one, expression: () => expressionOf(most), uses: [...limit.uses, ...degressive.uses] };
  }
  return {
    amount: most.amount,
    factor: Rate.between(end.amount.minus(base.amount), end.amount.minus(degressive.amount)),
    expression: () =>
      `(${expressionOf(most)}) * (${end.expression()} - ${baseExpression(base)}) / (${end.expression()} - ${degressive.expression()})`,
    uses: [...limit.uses, ...degressive.uses, ...end.uses],
  };
};

const regime = versions<Regime>('outre-mer.formule', 'formule de l’exonération outre-mer (selon la date de début)', [
  { from: '2000-01-01', source: L756_5, rule: wholeLine },
  { from: '2017-01-01', source: D756_4, rule: upToTheLimit },
]);

/** The line as the relief of the first twenty-four months leaves it; never more than what is due. */
export function relievedOverseas(situation: TraderSituation, contribution: (situation: TraderSituation) => Owed): Owed {
  const line = contribution(situation);
  const { overseas, term } = situation;
  if (overseas === null) return line;
  const priceAt = (limit: Figure) => contribution({ ...situation, earnings: { kind: 'limit', limit } });
  const taken = regime.on(overseas.startedOn).value({ line, situation, priceAt }, overseas.startedOn);
  if (taken === null) return line;
  const exact = taken.amount.times(taken.factor).roundedToEuro();
  const isWhole = exact.atMost(line.amount);
  return withRelief(line, {
    code: 'outre-mer',
    amount: isWhole ? exact : line.amount,
    label: 'exonération de début d’activité outre-mer',
    expression: () => (isWhole ? `round(${taken.expression()})` : `(${expressionOf(line)})`),
    uses: [relievedMonths.on(term.lawOn), ...taken.uses],
  });
}

/** The day after the last relieved one. */
export const overseasReliefEndsOn = (startedOn: Day, lawOn: Day): Day => startedOn.plusMonths(relievedMonths.on(lawOn).value);
