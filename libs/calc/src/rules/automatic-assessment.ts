// Taxation d’office, faute de déclaration des revenus. CSS, art. R. 242-14 (texte de 2016), puis R. 131-2.
import { Money, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import type { Breakdown } from '../breakdown.js';
import { dated } from '../dated.js';
import { inForce } from '../derivation.js';
import type { ParameterInForce } from '../derivation.js';
import { pass } from '../law/pass.js';
import { R242_14, R131_2 } from '../law/sources.js';
import type { Text } from '../owed.js';
import type { AssessedSituation } from '../situation.js';

const passShare = dated('taxation-office.plancher', 'plancher de la base de la taxation d’office', [
  { from: '2012-01-01', value: Rate.percent('50'), source: R242_14 },
]);

const taxIncomeFactor = dated<Rate | null>('taxation-office.revenu-fiscal', 'revenu déclaré à l’administration fiscale, majoré', [
  { from: '2012-01-01', value: Rate.percent('130'), source: R242_14 },
  { from: '2017-05-11', value: null, source: R131_2 },
]);

const increase = dated('taxation-office.majoration', 'majoration de la base, par année non déclarée', [
  { from: '2012-01-01', value: Rate.percent('25'), source: R242_14 },
]);

const reading = dated<'by-rank' | 'flat'>('taxation-office.lecture', 'majoration selon le rang de l’année non déclarée', [
  {
    from: '2012-01-01',
    value: 'by-rank',
    source: R242_14,
    unsure:
      'Lecture par défaut : 25 % × rang de l’année non déclarée (25, 50, 75 %) ; l’autre lecture est 25 % chaque année. Jamais composée.',
  },
]);

/** How the last contributions of who ended his activity without declaring are assessed. Read on the day of the notice. */
const endReading = dated<'as-any-year' | 'last-known'>(
  'taxation-office.radiation',
  'revenu retenu faute de déclaration après la radiation',
  [
    { from: '2012-01-01', value: 'as-any-year', source: R242_14 },
    { from: '2017-05-11', value: 'last-known', source: R131_2 },
  ],
);

export const automaticAssessmentText: Text = {
  id: 'automatic-assessment',
  title: 'Taxation d’office',
  law: 'CSS, art. R. 242-14 (jusqu’au 10 mai 2017) ; R. 131-2 (depuis)',
  parameters: [pass, passShare, taxIncomeFactor, increase, reading, endReading],
  unsure: [
    'Depuis le 11 mai 2017, la majoration propre aux données fiscales est fixée par un arrêté que nous n’avons pas : elles ne sont pas retenues.',
    'Radiation sans déclaration depuis le 11 mai 2017, sans aucun revenu connu : l’assiette forfaitaire est celle de la première année, par défaut.',
  ],
};

export interface UndeclaredIncome {
  /** The day of the notice: its year gives the PASS of the floor. */
  readonly noticeOn: Day;
  /** Incomes declared for the two previous years, or the base used for a year that was not declared, without its increase. */
  readonly earlierIncomes: readonly Money[];
  /** What the tax office knows, if anything. */
  readonly taxIncome: Money | null;
  /** How many years in a row, this one included, were not declared. */
  readonly consecutiveYears: number;
}

export interface PenalBase {
  readonly base: Money;
  readonly retained: 'mean-income' | 'tax-income' | 'half-pass';
  readonly expression: string;
  readonly parameters: readonly ParameterInForce[];
}

/** The highest of the mean of two years, the income known to the tax office plus 30 %, half a PASS; increased by 25 % a year not declared. */
export function penalBase({ noticeOn, earlierIncomes, taxIncome, consecutiveYears }: UndeclaredIncome): PenalBase {
  const highest = candidates({ noticeOn, earlierIncomes, taxIncome }).reduce((best, other) =>
    other.amount.compare(best.amount) > 0 ? other : best,
  );
  const known = [increase.on(noticeOn), reading.on(noticeOn)] as const;
  const times = known[1].value === 'by-rank' ? consecutiveYears : 1;
  const factor = known[0].value.times(Rate.ratio(times, 1)).plus(Rate.one);
  return {
    base: highest.amount.times(factor).roundedToEuro(),
    retained: highest.retained,
    expression: `round(${highest.expression} * ${factor})`,
    parameters: [...highest.uses, ...known].map(inForce),
  };
}

function candidates({ noticeOn, earlierIncomes, taxIncome }: Omit<UndeclaredIncome, 'consecutiveYears'>) {
  const [ceiling, share, tax] = [pass.on(noticeOn.firstOfYear()), passShare.on(noticeOn), taxIncomeFactor.on(noticeOn)];
  const half = {
    retained: 'half-pass' as const,
    amount: ceiling.value.times(share.value),
    expression: `${ceiling.value} * ${share.value}`,
    uses: [ceiling, share],
  };
  // « Les déficits sont retenus pour un montant nul. »
  const incomes = earlierIncomes.map((income) => Money.max(Money.zero, income));
  const mean = {
    retained: 'mean-income' as const,
    amount: Money.sum(incomes).dividedBy(Math.max(1, incomes.length)),
    expression: `(${incomes.join(' + ')}) / ${incomes.length}`,
    uses: [],
  };
  const known = taxIncome && tax.value && { taxIncome: Money.max(Money.zero, taxIncome), factor: tax.value };
  if (!known) return [half, mean];
  const fiscal = {
    retained: 'tax-income' as const,
    amount: known.taxIncome.times(known.factor),
    expression: `${known.taxIncome} * ${known.factor}`,
    uses: [tax],
  };
  return [half, mean, fiscal];
}

/** Contributions and CSG-CRDS on the penal base, with no exemption. */
export function assessedAutomatically(
  situation: AssessedSituation,
  undeclared: UndeclaredIncome,
  price: (situation: AssessedSituation) => Breakdown,
): { readonly penal: PenalBase; readonly breakdown: Breakdown } {
  const penal = penalBase(undeclared);
  const bare = { earnings: { kind: 'income', income: penal.base }, holdsRsa: false, acre: null } as const;
  const assessed = situation.status === 'profession-liberale' ? { ...situation, ...bare } : { ...situation, ...bare, overseas: null };
  return { penal, breakdown: price(assessed) };
}

export interface UndeclaredEnd extends UndeclaredIncome {
  /** The last income that was declared, of any year, or nothing. */
  readonly lastKnownIncome: Money | null;
}

/** The income to price; the flat base of a start where no income was ever known. */
export type UndeclaredEndBase =
  | { readonly kind: 'penal'; readonly penal: PenalBase }
  | { readonly kind: 'last-known'; readonly base: Money; readonly parameters: readonly ParameterInForce[] }
  | { readonly kind: 'flat'; readonly parameters: readonly ParameterInForce[] };

/** Until 10 May 2017 as in any year; since then the last known income, or flat income if none, with no increase. */
export function undeclaredEndBase({ lastKnownIncome, ...undeclared }: UndeclaredEnd): UndeclaredEndBase {
  const known = endReading.on(undeclared.noticeOn);
  if (known.value === 'as-any-year') return { kind: 'penal', penal: penalBase(undeclared) };
  const parameters = [inForce(known)];
  return lastKnownIncome === null ? { kind: 'flat', parameters } : { kind: 'last-known', base: lastKnownIncome, parameters };
}
