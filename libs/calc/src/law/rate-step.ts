import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { MON_ENTREPRISE } from './sources.js';

/** An interpolated rate is rounded to 0.01 point before use: a published 2017 example (24 600 €) gives 6.14 %. */
export const rateStep = dated<Rate>('arrondi-taux-progressif', 'arrondi du taux progressif (0,01 point)', [
  {
    from: '2015-01-01',
    value: Rate.of('0.0001'),
    source: `Les Échos, exemple 2017 (24 600 €, 6,14 %) ; ${MON_ENTREPRISE}`,
    unsure:
      'Allocations familiales 2015-2017 : arrondi à 0,01 point retenu ; sans arrondi, 45 000 € en 2016 donnerait 1 271 € au lieu de 1 269 €.',
  },
]);
