// Conjoint collaborateur : assiettes de ses propres cotisations. CSS, art. L. 633-10, L. 635-5, L. 662-1 et D. 633-19-2.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { pass, shareOfPass, shareOfWholePass } from '../law/pass.js';
import { D633_19_2, SPOUSE_IJ } from '../law/sources.js';
import type { Text } from '../owed.js';
import { fixed, portionOf, withoutPortion } from '../scale.js';
import type { Base } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { SpouseOption, Term } from '../situation.js';

const share = (name: string, label: string, value: Rate): Dated<Rate> =>
  dated(name, label, [{ from: '2012-01-01', value, source: D633_19_2 }]);

const ofPass = share('conjoint.tiers-du-pass', 'conjoint : un tiers du PASS', Rate.of('1/3'));
const ofIncome: Record<Exclude<SpouseOption, 'third-of-pass'>, Dated<Rate>> = {
  'third-of-income': share('conjoint.tiers-du-revenu', 'conjoint : 33,33 % du revenu du chef d’entreprise', Rate.percent('33.33')),
  'half-of-income': share('conjoint.moitie-du-revenu', 'conjoint : la moitié du revenu du chef d’entreprise', Rate.percent('50')),
  'shared-third': share('conjoint.tiers-partage', 'conjoint : un tiers du revenu, retiré de celui du chef d’entreprise', Rate.of('1/3')),
  'shared-half': share(
    'conjoint.moitie-partagee',
    'conjoint : la moitié du revenu, retirée de celui du chef d’entreprise',
    Rate.percent('50'),
  ),
};

const dailyAllowancesShare = dated('conjoint.indemnites-journalieres', 'assiette fixe des indemnités journalières du conjoint', [
  {
    from: '2014-01-01',
    value: Rate.percent('40'),
    source: SPOUSE_IJ,
    unsure: 'Cotisation due depuis le 1er janvier 2014, par défaut ; les prestations commencent un an plus tard.',
  },
]);

export const collaboratingSpouseText: Text = {
  id: 'collaborating-spouse',
  title: 'Conjoint collaborateur',
  law: 'CSS, art. L. 662-1 et D. 633-19-2',
  parameters: [pass, ofPass, ...Object.values(ofIncome), dailyAllowancesShare],
  unsure: [
    'Le partage du revenu ne touche que la retraite de base, la retraite complémentaire et l’invalidité-décès du chef d’entreprise, par défaut.',
    'Les assiettes minimales de la retraite de base et de l’invalidité-décès valent aussi pour le conjoint, par défaut.',
    'Indemnités journalières du conjoint : assiette fixe de 40 % du PASS, quelle que soit l’option, par défaut.',
    'Une part du revenu est arrondie à l’euro le plus proche ; l’autre est ce qui reste.',
    'Le chef d’entreprise qui touche le RSA n’en dispense pas son conjoint des assiettes minimales, par défaut.',
  ],
};

export const isShared = (option: SpouseOption): boolean => option === 'shared-third' || option === 'shared-half';

/** What the spouse's pensions and disability-death bear on. */
export function spouseBase(option: SpouseOption, headBase: Base, term: Term): Base {
  return option === 'third-of-pass' ? thirdOfPass(term) : portionOf(headBase, ofIncome[option].on(term.lawOn));
}

/** What is left to the head of the business once the income is shared. */
export function headBaseAfterSharing(option: SpouseOption, headBase: Base, term: Term): Base {
  if (option === 'third-of-pass' || !isShared(option)) return headBase;
  return withoutPortion(headBase, ofIncome[option].on(term.lawOn));
}

export const spouseOwesDailyAllowances = ({ lawOn }: Term): boolean => dailyAllowancesShare.isKnownOn(lawOn);

export const spouseDailyAllowancesBase = keptByTerm((term) => fixed(shareOfWholePass(dailyAllowancesShare.on(term.lawOn), term)));

const thirdOfPass = keptByTerm((term) => fixed(shareOfPass(ofPass.on(term.lawOn), term)));
