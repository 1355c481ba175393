import type { Money } from '@isu/values';
import type { Owed } from './owed.js';
import type { AppliedRate, Base, Bearing, DeclaredFact, SumTerm } from './scale.js';

/** The line told in French, in one sentence. */
export function sentenceOf({ rule, bearings, ceiling, reason, relief, amount, partsRounded }: Owed): string {
  if (reason !== null) return reason;
  const parts = bearings.map(partOf).join(', plus ');
  const rounding = partsRounded ? 'chaque part arrondie à l’euro le plus proche' : 'arrondi à l’euro le plus proche';
  const capped = ceiling && ceiling.amount.equals(amount) ? `, dans la limite de ${ceiling.label()} (${inWords(ceiling.amount)})` : '';
  if (relief) {
    const due = amount.plus(relief.amount);
    return `${rule.title} : ${parts}${capped}, soit ${inWords(due)}, ${rounding}, moins l’${relief.label} de ${inWords(relief.amount)} : reste ${inWords(amount)}.`;
  }
  return `${rule.title} : ${parts}${capped}, soit ${inWords(amount)}, ${rounding}.`;
}

const partOf = ({ base, rate }: Bearing): string => `${rateInWords(rate)} de ${inWords(base.amount)} (${baseInWords(base)})`;

function baseInWords(base: Base): string {
  switch (base.kind) {
    case 'declared':
      return declaredInWords(factsInWords[base.fact], base.declared);
    case 'fixed':
      return base.figure.label();
    case 'floored':
      return base.met ? `assiette minimale : ${base.floor.label()} ; ${baseInWords(base.of)}` : baseInWords(base.of);
    case 'capped':
      return base.met ? `plafond : ${base.cap.label()} ; ${baseInWords(base.of)}` : baseInWords(base.of);
    case 'excess':
      return `part au-delà de ${inWords(base.threshold.amount)}, ${base.threshold.label()}`;
    case 'abated':
      return `revenu brut de ${inWords(base.declared)}, moins un abattement de ${inWords(base.abatement.amount)}, ${base.abatement.label()}`;
    case 'portion':
      return `${base.isRest ? 'ce qui reste après ' : ''}${base.share.label} ; ${baseInWords(base.of)}`;
    case 'sum':
      return base.terms.map(termInWords).join('');
  }
}

const factsInWords: Record<DeclaredFact, string> = {
  income: 'revenu',
  grossIncome: 'revenu',
  turnover: 'chiffre d’affaires',
  declaredPensionContributions: 'cotisations de retraite déclarées',
  conventionedIncome: 'revenu conventionné',
};

/** What is taken away is told as taken away; an income that opens the sum keeps its sign. */
function termInWords({ label, amount }: SumTerm, rank: number): string {
  if (rank === 0) return `${label} ${inWords(amount)}`;
  return amount.isNegative ? ` − ${label} ${inWords(amount.negated())}` : ` + ${label} ${inWords(amount)}`;
}

function declaredInWords(name: string, amount: Money): string {
  return amount.isNegative ? `${name} négatif de ${inWords(amount)}, compté pour zéro` : `${name} de ${inWords(amount)}`;
}

function rateInWords(rate: AppliedRate): string {
  const value = rate.value.print();
  if (rate.kind === 'together') {
    const charged = rate.terms.filter((term) => !term.value.isZero);
    return charged.length < 2 ? value : `${value} (${charged.map((term) => `${term.label} ${term.value.print()}`).join(' + ')})`;
  }
  if (rate.kind === 'reduced') return `${value} (${rate.share.print()} du taux, au dixième de point : ${rate.why})`;
  if (rate.kind !== 'straight-line' || rate.low === rate.high) return value;
  const { low, high } = rate;
  return `${value} (taux progressif entre ${low.rate.print()} à ${low.at.label()} et ${high.rate.print()} à ${high.at.label()})`;
}

/** Whole euros are read without their two zeros. */
const inWords = (amount: Money): string => amount.print().replace(',00', '');
