import { Day } from '@isu/values';
import { refuse } from '../refusals.js';

/** Why somebody is covered through an insured person (ayant droit; collection.md 1.5). */
export const dependantReasons = ['child', 'adult-before-2016'] as const;
export type DependantReason = (typeof dependantReasons)[number];

const majority = 18;
/** Protection universelle maladie: since 1 January 2016 adults are insured in their own name; those who were not stay so to end 2019. */
const universalCover = Day.of('2016-01-01');
const lastDayOfAdults = Day.of('2019-12-31');

/** The last day of the link: 31 December of the year of eighteen, or the end of 2019. Refused for whom the law covers in their own name. */
export function coveredUntil({ reason, birthDate, from }: { reason: DependantReason; birthDate: Day; from: Day }): Day {
  if (from.isBefore(birthDate)) throw refuse('dependant-not-born');
  const ofAge = Day.at(birthDate.year + majority, 12, 31);
  if (reason === 'child') {
    if (from.isAfter(ofAge)) throw refuse('dependant-of-age', { until: ofAge.print() });
    return ofAge;
  }
  if (!from.isBefore(universalCover)) throw refuse('adult-in-own-name');
  return lastDayOfAdults;
}
