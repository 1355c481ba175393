import rules from 'modele-social';
import Engine from 'publicodes';
import { incomes, perSecond } from './incomes.js';

const total = 'dirigeant . indépendant . cotisations et contributions';

/** A trader at the real regime, as ours is; what is asked for is the income itself, which is the quickest question it answers. */
const trader = {
  'dirigeant . indépendant': 'oui',
  'entreprise . catégorie juridique': "'EI'",
  'entreprise . catégorie juridique . EI . auto-entrepreneur': 'non',
  'entreprise . imposition': "'IR'",
  'entreprise . imposition . IR . type de bénéfices': "'BIC'",
  'entreprise . activité . nature': "'commerciale'",
};

/** The official simulator's library, on the rules of its own year: prices a second of the whole sum a trader owes. */
export function peerPerSecond(milliseconds: number): number {
  const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };
  const engine = new Engine(rules, { logger: quiet });
  const price = (income: number) =>
    engine.setSituation({ ...trader, 'dirigeant . indépendant . revenu professionnel': `${String(income)} €/an` }).evaluate(total)
      .nodeValue;
  if (typeof price(26_000) !== 'number') throw new Error('modele-social no longer answers the sum that a trader owes');
  perSecond(incomes, milliseconds / 4, price);
  return perSecond(incomes, milliseconds, price);
}
