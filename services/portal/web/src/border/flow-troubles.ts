import type { FlowStanding } from '../../../src/face/border.js';
import { printedDay } from '../ui/figures.js';
import { ageText } from '../words/payments.js';
import { stretchName } from './border-words.js';

type Standing = Pick<FlowStanding, 'gaps' | 'isLate' | 'lateSince'>;

/** 2 where batches are missing, 1 where one is late, 0 where all is there. */
export const gravityOf = ({ gaps, isLate }: Standing): number => (gaps.length > 0 ? 2 : isLate ? 1 : 0);

/** In the order agreed, but for what wants a look. */
export const gravestFirst = <T extends Standing>(flows: readonly T[]): T[] =>
  flows.toSorted((one, other) => gravityOf(other) - gravityOf(one));

/** What is wrong with a flow, in a line. */
export function troubleOf({ gaps, lateSince }: Standing, today: string): string {
  if (gaps.length > 0) return `il manque ${gaps.map(stretchName).join(', ')}`;
  return lateSince === null ? 'en retard, rien n’a commencé' : `en retard depuis le ${printedDay(lateSince)}, ${ageText(lateSince, today)}`;
}
