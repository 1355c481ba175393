// Retraite complémentaire de la CIPAV, proportionnelle et appelée par l’Urssaf depuis 2023. Décrets n° 79-262 et n° 2022-1746.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { DECREE_2022_1746, MON_ENTREPRISE, URSSAF_CIPAV } from '../law/sources.js';
import { wholePass } from '../law/whole-pass.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { above, single, upTo } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { LiberalSituation } from '../situation.js';
import { assessedBase } from './start-of-activity.js';

const firstRate = dated('cipav.complementaire-1', 'taux de la première tranche de la retraite complémentaire CIPAV', [
  { from: '2023-01-01', value: Rate.percent('9'), source: `${DECREE_2022_1746} ; ${URSSAF_CIPAV}` },
  { from: '2025-01-01', value: Rate.percent('11'), source: MON_ENTREPRISE },
]);

const secondRate = dated('cipav.complementaire-2', 'taux de la seconde tranche de la retraite complémentaire CIPAV', [
  { from: '2023-01-01', value: Rate.percent('22'), source: `${DECREE_2022_1746} ; ${URSSAF_CIPAV}` },
  { from: '2025-01-01', value: Rate.percent('21'), source: MON_ENTREPRISE },
]);

const secondCapShare = dated('cipav.complementaire-plafond', 'plafond de la seconde tranche de la retraite complémentaire CIPAV', [
  { from: '2023-01-01', value: Rate.percent('300'), source: `${DECREE_2022_1746} ; ${URSSAF_CIPAV}` },
  { from: '2024-01-01', value: Rate.percent('350'), source: MON_ENTREPRISE },
  { from: '2025-01-01', value: Rate.percent('400'), source: MON_ENTREPRISE },
]);

export const cipavSupplementaryPensionRule: Rule = {
  id: 'cipav-supplementary-pension',
  code: 'retraite-complementaire',
  title: 'Retraite complémentaire CIPAV',
  law: 'CSS, art. L. 644-1 ; décret n° 79-262, art. 2 (décret n° 2022-1746)',
  parameters: [pass, firstRate, secondRate, secondCapShare, wholePass],
  unsure: ['Jusqu’en 2022 la CIPAV appelait elle-même huit classes (A à H) : non tarifées, elles restent un montant déclaré.'],
};

/** No minimum base: on the real income, in two bands. */
export function cipavSupplementaryPension(situation: LiberalSituation): Owed {
  const { middle, top, first, second } = figures(situation.term);
  const base = upTo(assessedBase(situation), top);
  const lower = { base: upTo(base, middle), rate: first };
  const upper = base.amount.atMost(middle.amount) ? [] : [{ base: above(base, middle), rate: second }];
  return owed(cipavSupplementaryPensionRule, base, [lower, ...upper]);
}

const figures = keptByTerm((term) => ({
  middle: shareOfPass(wholePass.on(term.lawOn), term),
  top: shareOfPass(secondCapShare.on(term.scaleOn), term),
  first: single(firstRate.on(term.scaleOn)),
  second: single(secondRate.on(term.scaleOn)),
}));
