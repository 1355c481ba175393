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
  parameters: [sales, commercialServices, craft, liberal],
  unsure: ['Artisans qui vendent (0,3 %) et artisans d’Alsace (0,176 %) : non tarifés.'],
};

export function microTraining({ turnover, activity, term }: MicroSituation): Owed {
  const base = declared('turnover', turnover);
  return owed(microTrainingRule, base, [{ base, rate: single(rates[activity].on(term.lawOn)) }]);
}
