import { smallDebt } from '@isu/calc';
import { Money, type Day } from '@isu/values';
import { inForceOn } from '../in-force.js';

interface Entry<T> {
  readonly from: string;
  readonly value: T;
  readonly source: string;
  readonly unsure?: string;
}

/** A credit is refunded at the latest so many days after it appeared. */
const withinDays: readonly Entry<number>[] = [
  {
    from: '2012-01-01',
    value: 30,
    source: 'Engagement de service du RSI (Sénat, rapport n° 597, 2013-2014) ; CSS, art. R. 131-5 : « sans délai »',
  },
];

/** Money that no debt took may have been sent in advance, and the person may prefer to leave it: so long it waits for a word. */
const choiceDays: readonly Entry<number>[] = [
  {
    from: '2012-01-01',
    value: 10,
    source: 'CSS, art. R. 613-1-3 et R. 131-5 : remboursé, ou porté sur les versements restants si la personne le préfère',
    unsure: 'Aucun délai pour le dire n’a été vu : dix jours, par défaut.',
  },
];

const fourEyesAbove: readonly Entry<Money>[] = [
  { from: '2012-01-01', value: Money.euros(5_000), source: 'Règle de contrôle interne : deux agents au-delà de 5 000 €' },
];

/** A transfer that neither was rejected nor came back within so many bank days was carried out. */
const settledAfter: readonly Entry<number>[] = [
  {
    from: '2008-01-01',
    value: 3,
    source: 'EPC, règlement du virement SEPA : un retour vient dans les trois jours bancaires',
    unsure: 'De notoriété, non relu dans le texte du règlement.',
  },
];

function on<T>(entries: readonly Entry<T>[], day: Day): T {
  const entry = inForceOn(entries, day);
  if (!entry) throw new Error('Refunds are known from 2012 on.');
  return entry.value;
}

export const refundDays = (day: Day): number => on(withinDays, day);
export const refundDueBy = (since: Day): Day => since.plusDays(refundDays(since));
export const choiceUntil = (since: Day): Day => since.plusDays(on(choiceDays, since));
export const needsFourEyes = (amount: Money, day: Day): boolean => amount.compare(on(fourEyesAbove, day)) > 0;
export const bankDaysToSettle = (day: Day): number => on(settledAfter, day);
/** Below it a credit is not sent back: it is set on the next due date (CSS D. 133-1, whose twelve months are never used against anybody). */
export const smallCredit = (day: Day): Money => smallDebt(day);

/** The rules and their sources, as a screen prints them beside an amount. */
export function refundGrounds(day: Day): string[] {
  return [
    'Ce qui a été payé au-delà de ce qui est dû va d’abord aux dettes du compte, les plus anciennes d’abord (CSS, art. R. 613-1-3).',
    `Le reste est remboursé, ou porté sur les prochaines échéances si vous le préférez ; sans réponse dans les ${on(choiceDays, day)} jours, il est remboursé (CSS, art. R. 131-5).`,
    `L’ordre de virement part au plus tard ${on(withinDays, day)} jours après l’apparition du crédit.`,
    `En dessous de ${smallCredit(day).print()}, la somme reste au compte et vient en déduction de la prochaine échéance (CSS, art. D. 133-1).`,
    `Au-delà de ${on(fourEyesAbove, day).print()}, deux agents valident le virement.`,
  ];
}
