// Obligation de déclarer les revenus en ligne, et majoration de qui ne le fait pas. CSS, art. L. 133-6-7-2, puis L. 613-5.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { pass } from '../law/pass.js';
import { ONLINE_2015, ONLINE_2016, ONLINE_2018, ONLINE_2019 } from '../law/sources.js';
import type { Text } from '../owed.js';

/** The share of the PASS above which the last known income obliges; nothing while paper is always allowed, zero once everybody is obliged. */
const incomeShare = dated<Rate | null>(
  'declaration-en-ligne.seuil',
  'revenu au-delà duquel la déclaration se fait en ligne, en part du PASS',
  [
    { from: '2012-01-01', value: null, source: ONLINE_2015 },
    { from: '2015-01-01', value: Rate.percent('50'), source: ONLINE_2015 },
    { from: '2016-01-01', value: Rate.percent('20'), source: ONLINE_2016 },
    { from: '2018-01-01', value: Rate.percent('10'), source: ONLINE_2018 },
    { from: '2019-01-01', value: Rate.zero, source: ONLINE_2019 },
  ],
);

const surchargeRate = dated('declaration-en-ligne.majoration', 'majoration de qui ne déclare ou ne paie pas en ligne', [
  {
    from: '2015-01-01',
    value: Rate.percent('0.2'),
    source: ONLINE_2019,
    unsure: 'Lue pour 2019 seulement : la même depuis 2015, par défaut.',
  },
]);

export const onlineDeclarationText: Text = {
  id: 'online-declaration',
  title: 'Déclaration en ligne',
  law: 'CSS, art. L. 133-6-7-2 (jusqu’en 2017) ; L. 613-5 (depuis 2018)',
  parameters: [pass, incomeShare, surchargeRate],
  unsure: [
    'Le seuil de la déclaration vaut aussi pour le paiement dématérialisé, et la majoration est arrondie à l’euro le plus proche, par défaut.',
  ],
};

export interface OnlineDuty {
  readonly isObliged: boolean;
  /** The income above which the declaration of that day is made online; `null` while paper is always allowed. */
  readonly limit: Money | null;
  readonly parameters: readonly ParameterInForce[];
}

/** Whether who last declared this income must declare online on that day. Everybody must from 2019 on, whatever the income. */
export function onlineDuty(lastKnownIncome: Money, declaredOn: Day): OnlineDuty {
  const [share, ceiling] = [incomeShare.on(declaredOn), pass.on(declaredOn.firstOfYear())];
  if (share.value === null) return { isObliged: false, limit: null, parameters: [inForce(share)] };
  const limit = ceiling.value.times(share.value).roundedToEuro();
  const isObliged = share.value.isZero || !lastKnownIncome.atMost(limit);
  return { isObliged, limit, parameters: [ceiling, share].map(inForce) };
}

export interface OfflineSurcharge {
  readonly base: Money;
  readonly rate: Rate;
  readonly amount: Money;
  readonly expression: string;
  readonly parameter: ParameterInForce;
}

/** 0.20 % of the sums that were declared, or paid, otherwise than online. Refuses before 2015: nobody was obliged. */
export function offlineSurcharge(sums: Money, on: Day): OfflineSurcharge {
  const known = surchargeRate.on(on);
  return {
    base: sums,
    rate: known.value,
    amount: sums.times(known.value).roundedToEuro(),
    expression: `round(${sums} * ${known.value})`,
    parameter: inForce(known),
  };
}
