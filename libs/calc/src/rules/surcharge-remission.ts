// Remise des majorations de retard. CSS, art. R. 243-19-1 et R. 243-20 (texte de 2012 à 2017).
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import { monthlyPass } from '../law/monthly-pass.js';
import { SURCHARGE_REMISSION } from '../law/sources.js';
import type { Text } from '../owed.js';

const automaticCeiling = dated(
  'remise.automatique.plafond',
  'somme en deçà de laquelle la remise est automatique, en part du plafond mensuel',
  [
    {
      from: '2012-01-01',
      value: Rate.one,
      source: SURCHARGE_REMISSION,
      unsure: 'Le texte renvoie à un seuil fixé par arrêté, qui n’a pas été vu : le plafond mensuel, par défaut.',
    },
  ],
);

const directorCeiling = dated(
  'remise.directeur.plafond',
  'somme au-delà de laquelle la commission de recours amiable décide, en part du plafond mensuel',
  [
    {
      from: '2012-01-01',
      value: Rate.one,
      source: SURCHARGE_REMISSION,
      unsure: 'Le seuil entre le directeur et la commission n’a pas été vu : le plafond mensuel, par défaut.',
    },
  ],
);

const cleanMonths = dated('remise.automatique.mois', 'mois sans retard qui font une première infraction', [
  {
    from: '2012-01-01',
    value: 24,
    source: SURCHARGE_REMISSION,
    unsure: '« Première infraction » : aucune dans les vingt-quatre mois, par défaut.',
  },
]);

const monthsToSettle = dated('remise.automatique.delai', 'mois après l’échéance pour payer le principal', [
  { from: '2012-01-01', value: 1, source: SURCHARGE_REMISSION },
]);

const daysToSettle = dated('remise.mensuelle.delai', 'jours après l’échéance au-delà desquels la majoration mensuelle ne se remet plus', [
  { from: '2012-01-01', value: 30, source: SURCHARGE_REMISSION },
]);

export const surchargeRemissionText: Text = {
  id: 'surcharge-remission',
  title: 'Remise des majorations de retard',
  law: 'CSS, art. R. 243-19-1 et R. 243-20',
  parameters: [monthlyPass, automaticCeiling, directorCeiling, cleanMonths, monthsToSettle, daysToSettle],
  unsure: ['Aucune remise en cas de travail dissimulé : le fait n’est pas connu du compte, et reste à dire par qui décide.'],
};

/** One due date paid late. */
export interface PaidLate {
  readonly dueOn: Day;
  /** The value date of the payment that settled the principal; null while some is unpaid. */
  readonly settledOn: Day | null;
  readonly surcharges: Money;
  /** Due dates before this one that were paid late, or are late. */
  readonly lateBefore: readonly Day[];
}

/** « Remise automatique » (R. 243-19-1): first offence, principal paid within the month after the due date, sum below the threshold. */
export function isRemittedAutomatically({ dueOn, settledOn, surcharges, lateBefore }: PaidLate): boolean {
  const inTime = settledOn?.atMost(dueOn.plusMonths(monthsToSettle.on(dueOn).value)) ?? false;
  const since = dueOn.minusMonths(cleanMonths.on(dueOn).value);
  const isFirst = !lateBefore.some((day) => day.atLeast(since) && day.isBefore(dueOn));
  return inTime && isFirst && !surcharges.atLeast(monthlyPass.on(dueOn).value.times(automaticCeiling.on(dueOn).value));
}

/** The months are given up when the principal was paid within thirty days of the due date, or for an external, irresistible event alone. */
export const monthsMayBeRemitted = ({ dueOn, settledOn }: Pick<PaidLate, 'dueOn' | 'settledOn'>): boolean =>
  settledOn?.atMost(dueOn.plusDays(daysToSettle.on(dueOn).value)) ?? false;

/** Who gives up a sum: the director, or the amicable board (commission de recours amiable) above its threshold. */
export const decidesRemission = (sum: Money, on: Day): 'director' | 'board' =>
  sum.atMost(monthlyPass.on(on).value.times(directorCeiling.on(on).value)) ? 'director' : 'board';
