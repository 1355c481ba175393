// Assiette sociale unique. CSS, art. L. 136-3, D. 136-5 et L. 131-6, dans leur rédaction applicable aux revenus de 2025.
import { Rate } from '@isu/values';
import type { Day, Money } from '@isu/values';
import { dated } from '../dated.js';
import { pass, shareOfPass } from '../law/pass.js';
import { DECREE_2024_688, MON_ENTREPRISE } from '../law/sources.js';
import type { Text } from '../owed.js';
import { abated } from '../scale.js';
import type { Base, Figure } from '../scale.js';
import { keptByTerm } from '../situation.js';
import type { Stage, Term } from '../situation.js';

const assessedOn = dated<'income' | 'gross-income'>('assiette.revenu-retenu', 'revenu sur lequel les cotisations portent', [
  { from: '2012-01-01', value: 'income', source: 'CSS, art. L. 131-6' },
  { from: '2025-01-01', value: 'gross-income', source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}` },
]);

const abatementRate = dated('assiette-unique.abattement', 'abattement de l’assiette sociale unique', [
  { from: '2025-01-01', value: Rate.percent('26'), source: `${DECREE_2024_688} ; ${MON_ENTREPRISE}` },
]);

const floorShare = dated('assiette-unique.abattement-minimal', 'plancher de l’abattement', [
  { from: '2025-01-01', value: Rate.percent('1.76'), source: MON_ENTREPRISE },
]);

const capShare = dated('assiette-unique.abattement-maximal', 'plafond de l’abattement', [
  { from: '2025-01-01', value: Rate.percent('130'), source: MON_ENTREPRISE },
]);

/** Whose scales the calls of a year (provisional, adjusted, flat) are made on; the definitive contributions always have their own. */
const callsOn = dated<'same-year' | 'year-before'>('assiette-unique.baremes-des-appels', 'barèmes des appels de l’année', [
  { from: '2012-01-01', value: 'same-year', source: 'CSS, art. L. 131-6-2' },
  { from: '2025-01-01', value: 'year-before', source: MON_ENTREPRISE },
  { from: '2026-01-01', value: 'same-year', source: MON_ENTREPRISE },
]);

export const singleBaseText: Text = {
  id: 'single-base',
  title: 'Assiette sociale unique',
  law: 'CSS, art. L. 136-3, D. 136-5 et L. 131-6 (revenus de 2025 et suivants)',
  parameters: [pass, assessedOn, abatementRate, floorShare, capShare, callsOn],
  unsure: [
    'Appels de 2025 (provisionnels, ajustés, forfaitaires) : barèmes de 2024 et PASS de 2025 ; l’assiette unique ne sert qu’à la cotisation définitive de 2025.',
    'Appels de 2026 : ils sont demandés sur le revenu brut, même pour les premiers mois, où seul le revenu de 2024 est connu.',
    'Abattement arrondi au centime : exact pour un revenu brut en euros entiers.',
    'Année incomplète : le plancher et le plafond de l’abattement suivent le PASS réduit aux jours d’affiliation, par défaut.',
  ],
};

export function scaleDayOf(lawOn: Day, stage: Stage): Day {
  const isCall = stage !== 'definitive';
  return isCall && callsOn.on(lawOn).value === 'year-before' ? lawOn.minusMonths(12) : lawOn;
}

/** Whether contributions bear, on that day, on gross income less an abatement, the same base serving the CSG-CRDS. */
export const bearsOnGrossIncome = (scaleOn: Day): boolean => assessedOn.on(scaleOn).value === 'gross-income';

/** Turnover less charges other than social contributions, then less 26 %, the abatement held between its floor and its cap. */
export const singleBase = (grossIncome: Money, term: Term): Base => abated('grossIncome', grossIncome, abatement(grossIncome, term));

function abatement(grossIncome: Money, term: Term): Figure {
  const { rate, floor, cap } = bounds(term);
  const share = grossIncome.times(rate.value).roundedToCent();
  if (share.atMost(floor.amount)) return floor;
  if (share.atLeast(cap.amount)) return cap;
  return {
    amount: share,
    label: () => `${rate.value.print()} du revenu brut`,
    expression: () => `min(${cap.expression()}, max(${floor.expression()}, round(${grossIncome} * ${rate.value}, 0.01)))`,
    uses: [rate, ...floor.uses, ...cap.uses],
  };
}

const bounds = keptByTerm((term) => ({
  rate: abatementRate.on(term.lawOn),
  floor: shareOfPass(floorShare.on(term.lawOn), term),
  cap: shareOfPass(capShare.on(term.lawOn), term),
}));
