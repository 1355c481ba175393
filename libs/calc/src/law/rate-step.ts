import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { AGA_PS_2017, MODELE_TI } from './sources.js';

/**
 * An interpolated rate is rounded to 0.01 point before use. No text says so (D. 242-15-1, then D. 613-1, give a formula and stop), but
 * those who publish an amount price it so: 6.14 % for 24 600 € of 2017 (sickness), and for family allowances 3.95 % of 50 000 € of 2017,
 * « 1 975 € », where the unrounded rate gives 1 977. The model of Urssaf’s simulators now does too (« arrondi: 2 décimales »).
 */
export const rateStep = dated<Rate>('arrondi-taux-progressif', 'arrondi du taux progressif (0,01 point)', [
  {
    from: '2015-01-01',
    value: Rate.of('0.0001'),
    source: `Les Échos, exemple 2017 ; ${AGA_PS_2017} ; Syndicat des architectes, exemples 2015 ; ${MODELE_TI}`,
    unsure:
      'Aucun texte ne fixe cet arrondi ; les exemples chiffrés publiés le font. Sans lui, 45 000 € en 2016 donnerait 1 271 € au lieu de 1 269 €.',
  },
]);
