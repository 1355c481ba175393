import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { OPENFISCA, SEED } from './sources.js';

/** The ceiling of a capped contribution: one PASS. */
export const wholePass = dated('plafond-de-la-tranche', 'plafond de l’assiette, en PASS', [
  { from: '2012-01-01', value: Rate.percent('100'), source: `${OPENFISCA} ; ${SEED}` },
]);
