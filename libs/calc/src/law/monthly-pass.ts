import { Money } from '@isu/values';
import { dated } from '../dated.js';
import { OPENFISCA } from './sources.js';

/** Plafond mensuel de la sécurité sociale (PMSS). CSS, art. D. 242-17. */
export const monthlyPass = dated<Money>(
  'pass-mensuel',
  'plafond mensuel de la sécurité sociale',
  [3031, 3086, 3129, 3170, 3218, 3269, 3311, 3377, 3428, 3428, 3428, 3666, 3864, 3925, 4005].map((euros, i) => ({
    from: `${2012 + i}-01-01`,
    value: Money.euros(euros),
    source: OPENFISCA,
  })),
);
