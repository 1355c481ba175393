// Exonération de début d’activité : ACCRE puis ACRE. CSS, art. L. 161-1-1 puis L. 131-6-4, D. 131-6-1 ; demande : code du travail, L. 5141-1.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated, versions } from '../dated.js';
import { baseExpression, expressionOf } from '../expression.js';
import { pass, shareOfPass } from '../law/pass.js';
import { smic, smicYears } from '../law/smic.js';
import { ACCRE_2017, MON_ENTREPRISE } from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { withRelief } from '../owed.js';
import type { Owed, Relief, Text } from '../owed.js';
import type { Figure } from '../scale.js';
import type { Acre, AssessedSituation } from '../situation.js';
import { assessedBase } from './start-of-activity.js';

const incomeLimit = dated('acre.plafond-smic', 'plafond de revenu de l’ACCRE, en SMIC annuels', [
  { from: '2012-01-01', value: Rate.of('1.2'), source: `${ACCRE_2017} (21 119 € en 2016)` },
]);

const fullShare = dated('acre.seuil-plein', 'revenu jusqu’auquel l’exonération est entière', [
  { from: '2017-01-01', value: Rate.percent('75'), source: `${ACCRE_2017} ; ${MON_ENTREPRISE}` },
]);

/** What is relieved up to 75 % of the PASS; read on the day the activity started. */
const reliefRate = dated('acre.taux', 'part des cotisations exonérée jusqu’à 75 % du PASS (selon la date de début)', [
  { from: '2017-01-01', value: Rate.percent('100'), source: ACCRE_2017 },
  { from: '2026-01-01', value: Rate.percent('25'), source: MON_ENTREPRISE },
]);

export const acreText: Text = {
  id: 'acre',
  title: 'Exonération de début d’activité (ACCRE, ACRE)',
  law: 'CSS, art. L. 161-1-1 (jusqu’en 2017) ; L. 131-6-4 et D. 131-6-1 (depuis 2018)',
  parameters: [smic, pass, incomeLimit, fullShare, reliefRate, wholePass],
  unsure: [
    'ACCRE jusqu’aux créations de 2016 : les indemnités journalières sont exonérées comme les autres lignes, par défaut.',
    'ACCRE jusqu’aux créations de 2016 : au-delà de 1,2 SMIC, l’exonération d’une ligne est ce que cette ligne coûterait sur 1,2 SMIC ; le reste est dû.',
    'Douze mois à cheval sur deux années : l’exonération de l’année suit les jours exonérés sur les jours d’affiliation ; le plafond en SMIC suit les jours d’affiliation.',
    'L’assiette de la CSG-CRDS ajoute les cotisations qui restent dues après l’exonération.',
  ],
};

/** A contribution, priced for a situation. */
type Contribution<S extends AssessedSituation> = (situation: S) => Owed;

/** The line as the relief leaves it. Sickness, daily allowances, family allowances, basic pension, disability-death: never RCI, CSG, CFP. */
export function relieved<S extends AssessedSituation>(situation: S, contribution: Contribution<S>): Owed {
  const line = contribution(situation);
  if (situation.acre === null) return line;
  const priceAt = (limit: Figure) => contribution({ ...situation, earnings: { kind: 'limit', limit } });
  const figure = regime.on(situation.acre.startedOn).value({ line, situation, priceAt, acre: situation.acre });
  return figure ? withRelief(line, reliefOf(figure, situation.acre, situation)) : line;
}

interface Relieving {
  readonly line: Owed;
  readonly situation: AssessedSituation;
  readonly acre: Acre;
  /** The same contribution on the income that the relief stops at. */
  readonly priceAt: (limit: Figure) => Owed;
}

/** What a whole relieved year takes off the line, or nothing. */
type Regime = (relieving: Relieving) => WholeRelief | null;

interface WholeRelief {
  readonly amount: Money;
  readonly factor: Rate;
  readonly expression: () => string;
  readonly uses: Relief['uses'];
}

const wholeOf = (line: Owed): WholeRelief => ({ amount: line.amount, factor: Rate.one, expression: () => expressionOf(line), uses: [] });

/** Nothing is due on the income up to 1.2 SMIC; the part above owes its contributions. */
const upToTheLimit: Regime = ({ line, situation, priceAt }) => {
  const limit = smicYears(incomeLimit.on(situation.term.lawOn), situation.term);
  if (assessedBase(situation).amount.atMost(limit.amount)) return { ...wholeOf(line), uses: limit.uses };
  return { ...wholeOf(priceAt(limit)), uses: limit.uses };
};

/** All (25 % for the starts from 2026) up to 75 % of the PASS; then less and less, in a straight line, and nothing from one PASS. */
const degressive: Regime = ({ line, situation, priceAt, acre }) => {
  const { term } = situation;
  const [full, none] = [shareOfPass(fullShare.on(term.lawOn), term), shareOfPass(wholePass.on(term.lawOn), term)];
  const base = assessedBase(situation);
  const relief = reliefRate.on(acre.startedOn);
  if (base.amount.atLeast(none.amount)) return null;
  if (base.amount.atMost(full.amount)) {
    const whole = wholeOf(line);
    return { ...whole, factor: relief.value, expression: () => `${whole.expression()} * ${relief.value}`, uses: [relief, ...full.uses] };
  }
  const atFull = priceAt(full);
  const way = Rate.between(none.amount.minus(base.amount), none.amount.minus(full.amount));
  return {
    amount: atFull.amount,
    factor: relief.value.times(way),
    expression: () => `${expressionOf(atFull)} * ${relief.value} * ${wayExpression(baseExpression(base), full, none)}`,
    uses: [relief, ...full.uses, ...none.uses],
  };
};

const wayExpression = (base: string, full: Figure, none: Figure): string =>
  `(${none.expression()} - ${base}) / (${none.expression()} - ${full.expression()})`;

const regime = versions<Regime>('acre.formule', 'formule de l’exonération (selon la date de début)', [
  { from: '2012-01-01', source: ACCRE_2017, rule: upToTheLimit },
  { from: '2017-01-01', source: ACCRE_2017, rule: degressive },
]);

/** Twelve months from the start: in a year that they only partly cover, the relief follows the days. */
function reliefOf({ amount, factor, expression, uses }: WholeRelief, { relievedDays }: Acre, { term }: AssessedSituation): Relief {
  const relief = amount.times(factor).times(Rate.ratio(relievedDays, term.days)).roundedToEuro();
  const days = relievedDays === term.days ? '' : ` * ${relievedDays} / ${term.days}`;
  return {
    code: 'acre',
    amount: relief,
    label: 'exonération de début d’activité',
    expression: () => `round(${expression()}${days})`,
    uses,
  };
}

/** The day after the last relieved one. */
export const acreEndsOn = (startedOn: Day): Day => startedOn.plusMonths(12);
