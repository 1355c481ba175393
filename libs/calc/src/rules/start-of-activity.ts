// Assiettes forfaitaires de début d’activité. CSS, art. L. 131-6-2 et D. 131-1.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import { pass, shareOfPass, shareOfWholePass } from '../law/pass.js';
import { DECREE_2012_443, RSI_2017, SEED, TABLES_2015 } from '../law/sources.js';
import type { Text } from '../owed.js';
import { declared, fixed } from '../scale.js';
import type { Base } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { AssessedSituation, Earnings, Term, TraderSituation } from '../situation.js';
import { headBaseAfterSharing, spouseBase, spouseDailyAllowancesBase } from './collaborating-spouse.js';
import { singleBase } from './single-base.js';

export const firstYearShare = dated('debut.premiere-annee', 'assiette forfaitaire de la première année', [
  { from: '2012-01-01', value: Rate.percent('19'), source: `${DECREE_2012_443} ; ${SEED}` },
]);

/** Read on the day the activity started, not on the contribution year: who started before 2017 keeps 27 % in 2017. */
export const secondYearShare = dated('debut.deuxieme-annee', 'assiette forfaitaire de la deuxième année (selon la date de début)', [
  {
    from: '2012-01-01',
    value: Rate.percent('29'),
    source: DECREE_2012_443,
    unsure: 'Deuxième année en 2013 et 2014 : 29 % retenus ; 27 % n’est prouvé que pour 2015 et 2016.',
  },
  { from: '2014-01-01', value: Rate.percent('27'), source: `${SEED} ; ${TABLES_2015}` },
  { from: '2017-01-01', value: Rate.percent('19'), source: RSI_2017 },
]);

export const dailyAllowancesShare = dated(
  'debut.indemnites-journalieres',
  'assiette forfaitaire des indemnités journalières, deux premières années',
  [{ from: '2012-01-01', value: Rate.percent('40'), source: `CSS, art. D. 612-9 ; ${SEED}` }],
);

const firstYearBase = keptByTerm((term) => fixed(shareOfPass(firstYearShare.on(term.lawOn), term)));
const dailyAllowancesBase = keptByTerm((term) => fixed(shareOfWholePass(dailyAllowancesShare.on(term.lawOn), term)));

export const startOfActivityText: Text = {
  id: 'start-of-activity',
  title: 'Début d’activité',
  law: 'CSS, art. L. 131-6-2 et D. 131-1',
  parameters: [pass, firstYearShare, secondYearShare, dailyAllowancesShare],
  unsure: ['Année incomplète : les jours d’affiliation sont comptés sur 365 ou 366 ; 360 serait l’autre lecture.'],
};

/** The income, the gross income less its abatement, or the flat base: « calculées sur un revenu forfaitaire égal à un pourcentage de la valeur annuelle du plafond ». */
export const assessedBase = ({ earnings, term }: AssessedSituation): Base => baseOf(earnings, term);

function baseOf(earnings: Earnings, term: Term): Base {
  if (earnings.kind === 'income') return declared('income', earnings.income);
  if (earnings.kind === 'limit') return fixed(earnings.limit);
  if (earnings.kind === 'gross-income') return singleBase(earnings.grossIncome, term);
  if (earnings.kind === 'spouse') return spouseBase(earnings.option, baseOf(earnings.headEarnings, term), term);
  if (earnings.activityYear === 1) return firstYearBase(term);
  return fixed(shareOfPass(secondYearShare.on(earnings.startedOn), term));
}

/** « Le présent alinéa [la réduction au prorata] n’est pas applicable […] à la cotisation supplémentaire mentionnée à l’article D. 612-9. » */
export function assessedDailyAllowancesBase(situation: AssessedSituation): Base {
  if (situation.earnings.kind === 'spouse') return spouseDailyAllowancesBase(situation.term);
  return situation.earnings.kind === 'flat' ? dailyAllowancesBase(situation.term) : assessedBase(situation);
}

/** Pensions and disability-death bear on what sharing with a collaborating spouse leaves. */
export function assessedPensionBase(situation: TraderSituation): Base {
  const base = assessedBase(situation);
  return situation.spouseOption ? headBaseAfterSharing(situation.spouseOption, base, situation.term) : base;
}
