import codes from '@socialgouv/codes-naf';
import { refuse } from '../refusals.js';

/** The form of a sub-class of the NAF rev. 2 (INSEE, 2008): `96.02A`. */
export const nafForm = /^\d{2}\.\d{2}[A-Z]$/;
export const nafWords = 'un code NAF, par exemple « 96.02A »';

const labels: ReadonlyMap<string, string> = new Map(codes.filter(({ id }) => nafForm.test(id)).map(({ id, label }) => [id, label]));

/** The official name of a sub-class of the NAF; null for one that does not exist. */
export const nafLabel = (code: string): string | null => labels.get(code) ?? null;

/** Refuses a code that has the form of one and is not in the nomenclature. */
export function checkNaf(code: string | null): void {
  if (code !== null && nafLabel(code) === null) throw refuse('unknown-naf');
}
