// Forfait social du micro-entrepreneur. CSS, art. L. 133-6-8 et D. 131-6-1 s. (jusqu’en 2017) ; L. 613-7 et D. 613-4 (depuis 2018).
import { Money, Rate, shareByWeights } from '@isu/values';
import type { Day } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import { MON_ENTREPRISE, OPENFISCA, SEED } from '../law/sources.js';
import { owed } from '../owed.js';
import type { Division, Owed, Rule } from '../owed.js';
import { declared, single } from '../scale.js';
import type { AppliedRate } from '../scale.js';
import type { Activity, MicroSituation } from '../situation.js';
import { reducedRate } from './micro-acre.js';
import { overseasRate } from './micro-overseas.js';

const unsure2017 = 'Changement de 2017 daté du 1er avril (OpenFisca) ; le 1er janvier 2017 est l’autre date possible.';

const sales = dated('micro.vente', 'taux du forfait social, ventes et hébergement', [
  { from: '2009-01-01', value: Rate.percent('12'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('14'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('14.1'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('13.3'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('13.4'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('13.1'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('12.8'), source: OPENFISCA },
  { from: '2022-10-01', value: Rate.percent('12.3'), source: OPENFISCA },
]);

const services = dated('micro.services', 'taux du forfait social, prestations de services (BIC)', [
  { from: '2009-01-01', value: Rate.percent('21.3'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('24.6'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('23.1'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('22.7'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
  { from: '2022-10-01', value: Rate.percent('21.2'), source: OPENFISCA },
]);

const liberal = dated('micro.bnc', 'taux du forfait social, activités libérales hors CIPAV', [
  { from: '2009-01-01', value: Rate.percent('21.3'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('24.6'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: OPENFISCA },
  { from: '2016-01-01', value: Rate.percent('23.1'), source: OPENFISCA },
  { from: '2017-04-01', value: Rate.percent('22.7'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
  { from: '2022-10-01', value: Rate.percent('21.1'), source: OPENFISCA },
  { from: '2024-07-01', value: Rate.percent('23.1'), source: MON_ENTREPRISE },
  { from: '2025-01-01', value: Rate.percent('24.6'), source: MON_ENTREPRISE },
  { from: '2026-01-01', value: Rate.percent('25.6'), source: MON_ENTREPRISE },
]);

/** Pensions of the CIPAV, basic and supplementary, are within this rate. */
const cipav = dated('micro.bnc-cipav', 'taux du forfait social, activités libérales relevant de la CIPAV (retraites comprises)', [
  { from: '2009-01-01', value: Rate.percent('18.3'), source: OPENFISCA },
  { from: '2013-01-01', value: Rate.percent('21.3'), source: OPENFISCA },
  { from: '2014-01-01', value: Rate.percent('23.3'), source: OPENFISCA },
  { from: '2015-01-01', value: Rate.percent('22.9'), source: `${OPENFISCA} ; ${SEED}` },
  { from: '2017-04-01', value: Rate.percent('22.5'), source: OPENFISCA, unsure: unsure2017 },
  { from: '2018-01-01', value: Rate.percent('22'), source: OPENFISCA },
  { from: '2021-06-14', value: Rate.percent('22.2'), source: OPENFISCA },
  { from: '2022-10-01', value: Rate.percent('21.2'), source: OPENFISCA },
  { from: '2024-07-01', value: Rate.percent('23.2'), source: MON_ENTREPRISE },
]);

/** One risk of the flat-rate contributions, and its weight in the whole. */
interface RiskWeight {
  readonly label: string;
  readonly perMille: number;
}

const cipavShares = dated<readonly RiskWeight[]>('micro.bnc-cipav.partage', 'partage du forfait social CIPAV entre les risques', [
  {
    from: '2009-01-01',
    source: 'CSS, art. D. 613-6, tableau de juin 2021',
    value: [
      { label: 'maladie-maternité', perMille: 123 },
      { label: 'invalidité-décès', perMille: 25 },
      { label: 'retraite de base', perMille: 298 },
      { label: 'retraite complémentaire', perMille: 198 },
      { label: 'CSG-CRDS', perMille: 347 },
    ],
    unsure:
      'Clé de 2021, sans les prestations en espèces nées cette année-là (0,9 %), les autres parts gardant leurs proportions ; la clé d’avant 2021 n’a pas été trouvée.',
  },
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
  parameters: [sales, services, liberal, cipav, cipavShares],
  unsure: [
    'Partage du forfait entre les risques (dont les retraites CIPAV) : la clé de répartition n’est pas dans les sources dont nous disposons.',
  ],
};

/** Nothing is due on zero turnover, and there is no minimum. */
export function microSocial(situation: MicroSituation): Owed {
  const { turnover, activity, term } = situation;
  const base = declared('turnover', turnover);
  const divided = activity === 'bnc-cipav' ? { shares: (line: Owed) => sharesOfRisks(line, term.lawOn) } : {};
  return owed(microSocialRule, base, [{ base, rate: rateOf(situation) }], divided);
}

function rateOf({ activity, term: { lawOn }, acreSince, overseasSince }: MicroSituation): AppliedRate {
  const rate = microSocialRates[activity].on(lawOn);
  if (acreSince) return reducedRate(rate, { startedOn: acreSince, lawOn, activity });
  return overseasSince ? overseasRate(rate, { startedOn: overseasSince, lawOn, activity }) : single(rate);
}

/** To the cent, in proportion of the weights; the parts add up to the amount. */
function sharesOfRisks({ amount }: Owed, lawOn: Day): Division {
  const key = cipavShares.on(lawOn);
  const parts = shareByWeights(
    amount,
    key.value.map(({ perMille }) => perMille),
  );
  return { parts: key.value.map(({ label }, i) => ({ label, amount: parts[i] ?? Money.zero })), uses: [key] };
}
