// Date limite de la déclaration sociale des indépendants (DSI). CSS, art. R. 131-1 ; avis annuels des caisses.
import { Day, nextWorkingDay } from '@isu/values';
import { dated } from '../dated.js';
import type { Text } from '../owed.js';

/** Month and day, read on 1 January of the year in which the income is declared. */
const lastDay = dated('declaration.date-limite', 'dernier jour de la déclaration en ligne des revenus', [
  {
    from: '2012-01-01',
    value: '06-09',
    source: 'Avis 2016 : déclaration papier le 19 mai, vingt jours de plus en ligne ; même date relevée en 2017',
    unsure: 'Une source imprime le 16 mai pour le papier ; la date de 2016 est reprise des autres années jusqu’en 2018.',
  },
  { from: '2019-01-01', value: '06-07', source: 'Avis 2019', unsure: 'Reprise des années suivantes.' },
]);

/** After the end of an activity, the incomes of its last year and of the year before are declared within so many days. */
const daysAfterEnd = dated('declaration.delai-apres-radiation', 'jours pour déclarer les derniers revenus après la fin de l’activité', [
  { from: '2012-01-01', value: 90, source: 'journaldunet.fr 1205000 (radiation : revenus des deux dernières années sous 90 jours)' },
]);

export const declarationDeadlineText: Text = {
  id: 'declaration-deadline',
  title: 'Date limite de la déclaration des revenus',
  law: 'CSS, art. R. 131-1',
  parameters: [lastDay, daysAfterEnd],
  unsure: [
    'La date de la déclaration en ligne vaut pour toutes les portes, celle du papier étant la plus courte : par défaut.',
    'Fin d’activité : le revenu de l’année d’avant garde la date commune quand elle est plus tardive, par défaut.',
  ],
};

/** The last day on which the income of a year is declared in time; on a closed day, the next open one. */
export function declarationDeadline(incomeYear: number): Day {
  const declaredIn = incomeYear + 1;
  return nextWorkingDay(Day.of(`${declaredIn}-${lastDay.on(Day.at(declaredIn, 1, 1)).value}`));
}

/** The same once the activity has ended: ninety days for its last year, and for the year before unless the common date is later. */
export function lastDeclarationDeadline(incomeYear: number, endedOn: Day): Day {
  const common = declarationDeadline(incomeYear);
  if (incomeYear !== endedOn.year && incomeYear !== endedOn.year - 1) return common;
  const afterEnd = endedOn.plusDays(daysAfterEnd.on(endedOn).value);
  return incomeYear === endedOn.year ? afterEnd : Day.max(common, afterEnd);
}
