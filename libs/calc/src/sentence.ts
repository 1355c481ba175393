import type { Money, Rate } from '@isu/values';
import { keptFor } from './kept.js';
import type { Owed } from './owed.js';
import type { AppliedRate, Base, Bearing, DeclaredFact, StraightLine, SumTerm } from './scale.js';

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
  switch (rate.kind) {
    case 'known':
    case 'nil':
      return printed(rate.value);
    case 'together':
      return togetherInWords(rate);
    case 'reduced':
      return `${rate.value.print()} (${printed(rate.share)} du taux, au dixième de point : ${rate.why})`;
    case 'straight-line':
      if (rate.low === rate.high) return printed(rate.value);
      return `${rate.value.print()} (taux progressif ${wayInWords(rate)})`;
  }
}

const wayInWords = ({ low, high }: StraightLine): string =>
  `entre ${printed(low.rate)} à ${low.at.label()} et ${printed(high.rate)} à ${high.at.label()}`;

const togetherInWords = keptFor(({ value, terms }: Extract<AppliedRate, { kind: 'together' }>): string => {
  const charged = terms.filter((term) => !term.value.isZero);
  const whole = value.print();
  return charged.length < 2 ? whole : `${whole} (${charged.map((term) => `${term.label} ${term.value.print()}`).join(' + ')})`;
});

/** A rate of the law, as people read it. */
const printed = keptFor((rate: Rate): string => rate.print());

/** Whole euros are read without their two zeros. */
function inWords(amount: Money): string {
  const text = amount.print();
  return amount.cents % 100 === 0 ? `${text.slice(0, -5)}${text.slice(-2)}` : text;
}
