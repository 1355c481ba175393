import { breakdownOf } from './breakdown.js';
import type { Breakdown, ExplainedBreakdown } from './breakdown.js';
import { refuse } from './fields.js';
import { spouseCode } from './instalments/legal-order.js';
import { rulesVersion } from './revisions.js';
import { basicPension } from './rules/basic-pension.js';
import { spouseOwesDailyAllowances } from './rules/collaborating-spouse.js';
import { dailyAllowances } from './rules/daily-allowances.js';
import { disabilityDeath } from './rules/disability-death.js';
import { supplementaryPension } from './rules/supplementary-pension.js';
import type { TraderSituation } from './situation.js';

/**
 * The collaborating spouse's own contributions, called on the head's account for rights that are the spouse's: pensions,
 * disability-death and daily allowances, never sickness-maternity nor CSG. One third of the PASS when no option was chosen.
 */
export function priceSpouse(situation: TraderSituation, asked: { derivation: true }): ExplainedBreakdown;
export function priceSpouse(situation: TraderSituation, asked?: { derivation?: boolean }): Breakdown;
export function priceSpouse(situation: TraderSituation, { derivation = false }: { derivation?: boolean } = {}): Breakdown {
  if (!situation.collaboratingSpouse) {
    throw refuse('missing-field', 'collaboratingSpouse', 'Cette personne n’a pas de conjoint collaborateur.', 'true');
  }
  const version = rulesVersion(situation.year);
  const spouse = spouseOf(situation);
  const lines = [basicPension(spouse), supplementaryPension(spouse), disabilityDeath(spouse)];
  const owed = spouseOwesDailyAllowances(spouse.term) ? [dailyAllowances(spouse), ...lines] : lines;
  return breakdownOf(spouse, owed, { version, derivation });
}

/** The relief of starters and the waiver of minimums are the head's own. */
function spouseOf(situation: TraderSituation): TraderSituation {
  const { spouseOption, earnings } = situation;
  return {
    ...situation,
    earnings: { kind: 'spouse', option: spouseOption ?? 'third-of-pass', headEarnings: earnings },
    holdsRsa: false,
    acre: null,
    spouseOption: null,
  };
}

/** The same figures, each with its derivation. */
export const explainSpouse = (situation: TraderSituation): ExplainedBreakdown => priceSpouse(situation, { derivation: true });

/** A line of the spouse as it is called on the head's account: the rights are the spouse's, and so is the name of the debt. */
export const inTheSpousesName = <Named extends { readonly code: string }>(line: Named): Omit<Named, 'code'> & { code: string } => ({
  ...line,
  code: spouseCode(line.code),
});
