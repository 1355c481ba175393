// Forfait social du micro-entrepreneur. CSS, art. L. 133-6-8 et D. 131-6-1 s. (jusqu’en 2017) ; L. 613-7 et D. 613-4 (depuis 2018).
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { OPENFISCA, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { declared, single } from '../scale.js';
import type { Activity, MicroSituation } from '../situation.js';

const unsure2017 = 'Changement de 2017 daté du 1er avril (OpenFisca) ; le 1er janvier 2017 est l’autre date possible.';

const sales = dated('micro.vente', 'taux du forfait social, ventes et hébergement', [
  { from: '2013-01-01', value: Rate.percent('14'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('14.1'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('13.3'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('13.4'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('13.1'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('12.8'), source: OPENFISCA },
]);

const services = dated('micro.services', 'taux du forfait social, prestations de services (BIC)', [
  { from: '2013-01-01', value: Rate.percent('24.6'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('23.1'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('22.7'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
]);

const liberal = dated('micro.bnc', 'taux du forfait social, activités libérales hors CIPAV', [
  { from: '2013-01-01', value: Rate.percent('24.6'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('23.1'), source: OPENFISCA },
  { from: '2017-04-01', value: Rate.percent('22.7'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
]);

/** Pensions of the CIPAV, basic and supplementary, are within this rate. */
const cipav = dated('micro.bnc-cipav', 'taux du forfait social, activités libérales relevant de la CIPAV (retraites comprises)', [
  { from: '2013-01-01', value: Rate.percent('21.3'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('23.3'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('22.5'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
]);

export const microSocialRates: Record<Activity, Dated<Rate>> = {
  vente: sales,
  'services-commerciaux': services,
  'services-artisanaux': services,
  bnc: liberal,
  'bnc-cipav': cipav,
};

export const microSocialRule: Rule = {
  id: 'micro-social',
  code: 'micro-social',
  title: 'Forfait social du micro-entrepreneur',
  law: 'CSS, art. L. 133-6-8 (jusqu’en 2017) ; L. 613-7 et D. 613-4 (depuis 2018)',
  parameters: [sales, services, liberal, cipav],
  unsure: [
    'Partage du forfait entre les risques (dont les retraites CIPAV) : la clé de répartition n’est pas dans les sources dont nous disposons.',
  ],
};

/** Nothing is due on zero turnover, and there is no minimum. */
export function microSocial({ turnover, activity, term }: MicroSituation): Owed {
  const base = declared('turnover', turnover);
  return owed(microSocialRule, base, [{ base, rate: single(microSocialRates[activity].on(term.lawOn)) }]);
}
