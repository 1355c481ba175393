// Assiettes minimales. CSS, art. D. 612-5 (maladie), D. 612-9 (IJ), D. 633-2 (retraite), D. 635-2 (RCI), D. 635-12 (invalidité-décès).
import { atLeast } from '../scale.js';
import type { Base, Figure } from '../scale.js';
import type { AssessedSituation } from '../situation.js';

/** Holders of the RSA or of the prime d’activité pay on their real income, unless they ask otherwise. CSS, art. L. 131-6-3. */
export const minimumsAreWaived = ({ holdsRsa }: AssessedSituation): boolean => holdsRsa;

/** The floors belong to real income; a flat base has its own rule (start-of-activity). */
export const bearsOnIncome = ({ earnings }: AssessedSituation): boolean => earnings.kind !== 'flat';

/** The base, brought up to the minimum of this contribution when there is one and the person is not relieved of it. */
export function withMinimum(base: Base, floor: Figure | null, situation: AssessedSituation): Base {
  return floor === null || minimumsAreWaived(situation) || !bearsOnIncome(situation) ? base : atLeast(base, floor);
}
