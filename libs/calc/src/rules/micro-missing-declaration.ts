// Déclaration de chiffre d’affaires manquante du micro-entrepreneur : pénalité et cotisations provisoires. CSS, art. R. 133-30-2-1.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { refuse } from '../fields.js';
import { turnoverCeilings } from '../law/micro-ceilings.js';
import { monthlyPass } from '../law/monthly-pass.js';
import { MICRO_MISSING } from '../law/sources.js';
import type { Text } from '../owed.js';
import type { Activity } from '../situation.js';
import { microSocialRates } from './micro-social.js';

export type DeclarationRhythm = 'monthly' | 'quarterly';

const penaltyRate = dated('micro.declaration-manquante.penalite', 'pénalité par déclaration manquante, en part du plafond mensuel', [
  { from: '2012-01-01', value: Rate.percent('1.5'), source: MICRO_MISSING },
]);

const increases: Record<DeclarationRhythm, Dated<Rate>> = {
  monthly: dated('micro.declaration-manquante.mois', 'majoration de la base provisoire par mois non déclaré', [
    { from: '2012-01-01', value: Rate.percent('5'), source: MICRO_MISSING },
  ]),
  quarterly: dated('micro.declaration-manquante.trimestre', 'majoration de la base provisoire par trimestre non déclaré', [
    { from: '2012-01-01', value: Rate.percent('15'), source: MICRO_MISSING },
  ]),
};

const periodsOfYear: Record<DeclarationRhythm, number> = { monthly: 12, quarterly: 4 };

export const microMissingDeclarationText: Text = {
  id: 'micro-missing-declaration',
  title: 'Déclaration manquante du micro-entrepreneur',
  law: 'CSS, art. R. 133-30-2-1',
  parameters: [monthlyPass, penaltyRate, ...Object.values(increases), ...new Set(Object.values(turnoverCeilings))],
  unsure: [
    'La majoration suit le nombre de déclarations manquantes de l’année et vaut pour chacune d’elles, par défaut.',
    'La base provisoire ne paie que le forfait social, ni CFP ni versement libératoire, par défaut.',
  ],
};

export interface MissingDeclarations {
  readonly activity: Activity;
  readonly rhythm: DeclarationRhythm;
  /** The first day of each period of the year that was not declared. */
  readonly periods: readonly Day[];
}

export interface MissingDeclarationDue {
  readonly period: Day;
  /** Fixed for each missing declaration, whatever comes later. */
  readonly penalty: Money;
  /** Provisional contributions of the period, replaced by the late declaration. */
  readonly provisional: Money;
  readonly expressions: { readonly penalty: string; readonly provisional: string };
  readonly parameters: readonly ParameterInForce[];
}

/**
 * « Une pénalité égale à 1,50 % du plafond mensuel », rounded up to the euro, and contributions on a quarter or a twelfth of the ceiling of the
 * regime, increased by 15 % or 5 % per missing declaration. Refuses periods of two years.
 */
export function missingDeclarations({ activity, rhythm, periods }: MissingDeclarations): readonly MissingDeclarationDue[] {
  const [first] = periods;
  if (!first || periods.some(({ year }) => year !== first.year) || periods.length > periodsOfYear[rhythm]) {
    throw refuse(
      'date-outside-year',
      'periods',
      'Ces périodes ne sont pas celles d’une année.',
      'les mois ou les trimestres d’une même année',
    );
  }
  return periods.map((period) => dueFor(period, { activity, rhythm, missing: periods.length }));
}

function dueFor(
  period: Day,
  { activity, rhythm, missing }: { activity: Activity; rhythm: DeclarationRhythm; missing: number },
): MissingDeclarationDue {
  const [ceilingOfMonth, penalty] = [monthlyPass.on(period), penaltyRate.on(period)];
  const [ceiling, increase, rate] = [
    turnoverCeilings[activity].on(period),
    increases[rhythm].on(period),
    microSocialRates[activity].on(period),
  ];
  const parts = periodsOfYear[rhythm];
  const factor = increase.value.times(Rate.ratio(missing, 1)).plus(Rate.one);
  return {
    period,
    penalty: ceilingOfMonth.value.times(penalty.value).roundedUpToEuro(),
    provisional: ceiling.value.dividedBy(parts).times(factor).times(rate.value).roundedToEuro(),
    expressions: {
      penalty: `ceil(${ceilingOfMonth.value} * ${penalty.value})`,
      provisional: `round(${ceiling.value} / ${parts} * ${factor} * ${rate.value})`,
    },
    parameters: [ceilingOfMonth, penalty, ceiling, increase, rate].map(inForce),
  };
}
