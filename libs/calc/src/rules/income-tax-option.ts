// Versement libératoire de l’impôt sur le revenu, sur option. CGI, art. 151-0.
import { Rate } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { OPENFISCA } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Owed, Rule } from '../owed.js';
import { declared, single } from '../scale.js';
import type { Activity, MicroSituation } from '../situation.js';

const sales = dated('micro.versement-liberatoire.vente', 'versement libératoire, ventes', [
  { from: '2012-01-01', value: Rate.percent('1'), source: OPENFISCA },
]);

const services = dated('micro.versement-liberatoire.services', 'versement libératoire, prestations de services (BIC)', [
  { from: '2012-01-01', value: Rate.percent('1.7'), source: OPENFISCA },
]);

const liberal = dated('micro.versement-liberatoire.bnc', 'versement libératoire, activités libérales', [
  { from: '2012-01-01', value: Rate.percent('2.2'), source: OPENFISCA },
]);

const rates: Record<Activity, Dated<Rate>> = {
  vente: sales,
  'services-commerciaux': services,
  'services-artisanaux': services,
  bnc: liberal,
  'bnc-cipav': liberal,
};

export const incomeTaxOptionRule: Rule = {
  id: 'income-tax-option',
  code: 'versement-liberatoire',
  title: 'Versement libératoire de l’impôt sur le revenu',
  law: 'CGI, art. 151-0',
  parameters: [sales, services, liberal],
  unsure: [],
};

/** Only for who has opted for it. */
export function incomeTaxOption({ turnover, activity, term, incomeTaxOption: opted }: MicroSituation): Owed | null {
  if (!opted) return null;
  const base = declared('turnover', turnover);
  return owed(incomeTaxOptionRule, base, [{ base, rate: single(rates[activity].on(term.lawOn)) }]);
}
