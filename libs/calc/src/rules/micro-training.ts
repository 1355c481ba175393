// Contribution à la formation professionnelle du micro-entrepreneur. Code du travail, art. L. 6331-48 et L. 6331-49.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { OPENFISCA } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { declared, single } from '../scale.js';
import type { Activity, MicroSituation } from '../situation.js';

const sales = dated('micro.cfp.vente', 'CFP du micro-entrepreneur, ventes', [
  { from: '2012-01-01', value: Rate.percent('0.1'), source: OPENFISCA },
]);

const commercialServices = dated('micro.cfp.services-commerciaux', 'CFP du micro-entrepreneur, services commerciaux', [
  {
    from: '2012-01-01',
    value: Rate.percent('0.2'),
    source: OPENFISCA,
    unsure: '0,2 % retenu ; mon-entreprise applique aujourd’hui 0,1 %.',
  },
]);

const craft = dated('micro.cfp.artisan', 'CFP du micro-entrepreneur, services artisanaux', [
  { from: '2012-01-01', value: Rate.percent('0.3'), source: OPENFISCA },
]);

/** Bas-Rhin, Haut-Rhin, Moselle: a rate of their own until 2016. */
const alsatianCraft = dated('micro.cfp.artisan-alsace', 'CFP du micro-entrepreneur, artisans d’Alsace', [
  { from: '2012-01-01', value: Rate.percent('0.176'), source: OPENFISCA },
  { from: '2017-01-01', value: Rate.percent('0.3'), source: OPENFISCA },
]);

const liberal = dated('micro.cfp.liberal', 'CFP du micro-entrepreneur, activités libérales', [
  { from: '2012-01-01', value: Rate.percent('0.2'), source: OPENFISCA },
]);

const rates: Record<Activity, Dated<Rate>> = {
  vente: sales,
  'services-commerciaux': commercialServices,
  'services-artisanaux': craft,
  bnc: liberal,
  'bnc-cipav': liberal,
};

export const microTrainingRule: Rule = {
  id: 'micro-training',
  code: 'cfp',
  title: 'Contribution à la formation professionnelle',
  law: 'Code du travail, art. L. 6331-48 et L. 6331-49',
  parameters: [sales, commercialServices, craft, alsatianCraft, liberal],
  unsure: ['Artisans d’Alsace : 0,176 % jusqu’en 2016, puis le taux commun.'],
};

export function microTraining(situation: MicroSituation): Owed {
  const base = declared('turnover', situation.turnover);
  return owed(microTrainingRule, base, [{ base, rate: single(rateFor(situation).on(situation.term.lawOn)) }]);
}

/** Craftsmen have their own rate, whether they sell or serve. */
function rateFor({ activity, isCraft, inAlsace }: MicroSituation): Dated<Rate> {
  if (isCraft || activity === 'services-artisanaux') return inAlsace ? alsatianCraft : craft;
  return rates[activity];
}
