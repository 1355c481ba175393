// Contribution aux unions régionales des professionnels de santé (CURPS). Code de la santé publique, art. L. 4031-4.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { pass, shareOfWholePass } from '../law/pass.js';
import { MIDWIFE_2016, MON_ENTREPRISE } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { single } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { HealthProfession, LiberalSituation, Term } from '../situation.js';
import { assessedBase } from './start-of-activity.js';

const rates: Record<HealthProfession, Dated<Rate>> = {
  medecin: dated('curps.taux-medecin', 'taux de la CURPS des médecins', [
    { from: '2012-01-01', value: Rate.percent('0.5'), source: `${MIDWIFE_2016} ; ${MON_ENTREPRISE}` },
  ]),
  'chirurgien-dentiste': dated('curps.taux-dentiste', 'taux de la CURPS des chirurgiens-dentistes', [
    { from: '2012-01-01', value: Rate.percent('0.3'), source: `${MIDWIFE_2016} ; ${MON_ENTREPRISE}` },
  ]),
  autres: dated('curps.taux-autres', 'taux de la CURPS des autres professions conventionnées', [
    { from: '2012-01-01', value: Rate.percent('0.3'), source: MIDWIFE_2016 },
    {
      from: '2018-01-01',
      value: Rate.percent('0.1'),
      source: MON_ENTREPRISE,
      unsure: 'La date du passage de 0,3 % à 0,1 % n’est pas établie : 2018 par défaut.',
    },
  ]),
};

const capShare = dated('curps.plafond', 'plafond de la CURPS elle-même', [
  { from: '2012-01-01', value: Rate.percent('0.5'), source: `${MIDWIFE_2016} (193 €)` },
]);

export const curpsRule: Rule = {
  id: 'curps',
  code: 'curps',
  title: 'Contribution aux unions régionales des professionnels de santé',
  law: 'Code de la santé publique, art. L. 4031-4',
  parameters: [pass, ...Object.values(rates), capShare],
  unsure: [],
};

/** Owed by conventioned health professions only; the contribution itself, not its base, is capped. */
export function curps(situation: LiberalSituation): Owed | null {
  if (situation.curps === null) return null;
  const base = assessedBase(situation);
  const rate = single(rates[situation.curps].on(situation.term.lawOn));
  return owed(curpsRule, base, [{ base, rate }], { ceiling: cap(situation.term) });
}

const cap = keptByTerm((term: Term) => shareOfWholePass(capShare.on(term.lawOn), term));
