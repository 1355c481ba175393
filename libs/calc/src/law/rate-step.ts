import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { MON_ENTREPRISE } from './sources.js';

/**
 * An interpolated rate is rounded to 0.01 point before use. Published examples print it so: 6.14 % for 24 600 € of 2017 (sickness),
 * 3.01 % and 4.91 % for 45 000 € and 52 000 € of 2015 (family allowances).
 */
export const rateStep = dated<Rate>('arrondi-taux-progressif', 'arrondi du taux progressif (0,01 point)', [
  {
    from: '2015-01-01',
    value: Rate.of('0.0001'),
    source: `Les Échos, exemple 2017 ; Syndicat des architectes, exemples 2015 ; ${MON_ENTREPRISE}`,
    unsure:
      'Aucun texte lu ne fixe l’arrondi des allocations familiales de 2015 à 2017 : sans lui, 45 000 € en 2016 donnerait 1 271 € au lieu de 1 269 €.',
  },
]);
