import { breakdownOf } from './breakdown.js';
import type { Breakdown } from './breakdown.js';
import { rulesVersion } from './revisions.js';
import { liberalBasicPension } from './rules/liberal-basic-pension.js';
import type { LiberalSituation } from './situation.js';

/**
 * The basic pension that a liberal’s section calls: a part of what will be declared for the CSG-CRDS base, the supplementary scheme of each
 * section being its own. Refuses 2012, whose minimum base is not known.
 */
export function priceLiberalPension(situation: LiberalSituation, { derivation = false }: { derivation?: boolean } = {}): Breakdown {
  return breakdownOf(situation, [liberalBasicPension(situation)], { version: rulesVersion(situation.year), derivation });
}
