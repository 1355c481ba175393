// Créances de faible montant. CSS, art. D. 133-1.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import { monthlyPass } from '../law/monthly-pass.js';
import type { Text } from '../owed.js';

const share = dated('faible-montant.part', 'seuil des créances de faible montant, en part du plafond mensuel', [
  { from: '2012-01-01', value: Rate.percent('1.27'), source: 'CSS, art. D. 133-1 (lexbase L4771MEG)' },
  {
    from: '2025-07-01',
    value: Rate.percent('2.5'),
    source: 'Décret n° 2025-578',
    unsure: 'En vigueur « mi-2025 » : le 1er juillet, par défaut.',
  },
]);

export const smallDebtsText: Text = {
  id: 'small-debts',
  title: 'Créances de faible montant',
  law: 'CSS, art. D. 133-1',
  parameters: [monthlyPass, share],
  unsure: ['En deçà du seuil, la somme reste au compte : ni relance, ni notification, ni majoration, par défaut.'],
};

/** « 1,27 % du plafond mensuel, arrondi à l’euro supérieur »: below it, the body may leave a debt on the account. */
export const smallDebt = (on: Day): Money => monthlyPass.on(on).value.times(share.on(on).value).roundedUpToEuro();
