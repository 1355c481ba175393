import type { Day, Money } from '@isu/values';
import type { Figure } from './scale.js';
import { trialUnderWay } from './trial.js';

export type Status = 'artisan' | 'commercant' | 'profession-liberale' | 'micro-entrepreneur';
export type Stage = 'provisional' | 'adjusted' | 'definitive' | 'flat-first-year' | 'flat-second-year';
export type Activity = 'vente' | 'services-commerciaux' | 'services-artisanaux' | 'bnc' | 'bnc-cipav';
export type HealthProfession = 'medecin' | 'chirurgien-dentiste' | 'autres';

/** Who serves a liberal's pensions. Those of the CIPAV have been called with the rest since 2023; any other section is paid apart. */
export type PensionSection = 'cipav' | 'other';

/**
 * The law that applies and for how long: the day whose values are read (1 January of the contribution year, or the first
 * day of a micro-entrepreneur's period) and the days of membership in the calendar year.
 */
export interface Term {
  readonly lawOn: Day;
  /**
   * The day whose rates and scales are read: `lawOn` itself, except for the calls of 2025, which stayed on the rates of 2024 (and the
   * PASS of 2025) until the single base settled the year.
   */
  readonly scaleOn: Day;
  readonly days: number;
  readonly daysOfYear: number;
}

/**
 * What a collaborating spouse's pensions bear on: a third of the PASS, a share of the head's income, or a share taken off it.
 * CSS, art. D. 633-19-2.
 */
export type SpouseOption = 'third-of-pass' | 'third-of-income' | 'half-of-income' | 'shared-third' | 'shared-half';

/**
 * What the contributions bear on: the income retained, which may be negative; since the single base of 2025 the gross income, before
 * its abatement; the flat base of a start of activity; or, to reckon what a relief takes off, the income that it stops at.
 */
export type Earnings =
  | { readonly kind: 'income'; readonly income: Money }
  | { readonly kind: 'gross-income'; readonly grossIncome: Money }
  | { readonly kind: 'flat'; readonly activityYear: 1 | 2; readonly startedOn: Day }
  | { readonly kind: 'limit'; readonly limit: Figure }
  | { readonly kind: 'spouse'; readonly option: SpouseOption; readonly headEarnings: Earnings };

/** Relief of the first twelve months, on request (ACCRE, then ACRE): the day of the start decides which rules relieve. */
export interface Acre {
  readonly startedOn: Day;
  /** Days of membership of the year that the twelve months cover. */
  readonly relievedDays: number;
}

/** First twenty-four months of an activity overseas (Guadeloupe, Guyane, Martinique, La Réunion, Saint-Martin, Saint-Barthélemy). */
export interface OverseasStart {
  readonly startedOn: Day;
}

interface Assessed {
  /** The contribution year: rates and PASS are always its own, whatever year the income comes from. */
  readonly year: number;
  readonly stage: Stage;
  readonly term: Term;
  readonly earnings: Earnings;
  /** Holder of the RSA or of the prime d’activité who has not asked for the minimum contributions. */
  readonly holdsRsa: boolean;
  readonly collaboratingSpouse: boolean;
  readonly acre: Acre | null;
  /** An employee or a pensioner as well, whose sickness benefits another scheme serves. */
  readonly insuredElsewhere: boolean;
}

export interface TraderSituation extends Assessed {
  readonly status: 'artisan' | 'commercant';
  /** What the collaborating spouse has chosen, when there is one and a choice was made. */
  readonly spouseOption: SpouseOption | null;
  /** A craftsman who is not registered at the répertoire des métiers pays for training as a trader does. */
  readonly offTradesRegister: boolean;
  readonly overseas: OverseasStart | null;
}

export interface LiberalSituation extends Assessed {
  readonly status: 'profession-liberale';
  /** Compulsory contributions paid to the pension section (CNAVPL): only an input of the CSG-CRDS base. */
  readonly declaredPensionContributions: Money;
  /** Conventioned health professions owe the CURPS; the others are `null`. */
  readonly curps: HealthProfession | null;
  readonly section: PensionSection;
  /**
   * What a conventioned practitioner earned under the convention, overruns of fees left out: the sickness fund pays nearly all of
   * the sickness contribution on it. `null` for who is not conventioned, or has not told.
   */
  readonly conventionedIncome: Money | null;
}

export interface MicroSituation {
  readonly status: 'micro-entrepreneur';
  readonly year: number;
  readonly stage: 'definitive';
  readonly term: Term;
  readonly turnover: Money;
  readonly activity: Activity;
  /** Versement libératoire de l’impôt sur le revenu. */
  readonly incomeTaxOption: boolean;
  /** The day of the start, for who has the relief of starters. */
  readonly acreSince: Day | null;
  /** The day of the start, for who works overseas. */
  readonly overseasSince: Day | null;
  /** A craftsman who sells: sales for the flat-rate contributions, craft for training. */
  readonly isCraft: boolean;
  readonly inAlsace: boolean;
}

export type AssessedSituation = TraderSituation | LiberalSituation;
export type Situation = AssessedSituation | MicroSituation;

export const isWholeYear = ({ days, daysOfYear }: Term): boolean => days === daysOfYear;

/**
 * Keeps what `build` gives for a whole year of membership, by far the commonest: the figures of the law are worked out once
 * a year of law, not once a person. `build` is pure, so that keeping changes no answer.
 */
export function keptByTerm<T>(build: (term: Term) => T): (term: Term) => T {
  const kept = new Map<number, T>();
  return (term) => {
    if (!isWholeYear(term)) return build(term);
    const { year, month, dayOfMonth } = term.lawOn;
    const day = year * 10_000 + month * 100 + dayOfMonth;
    // A year of law has two sets of rates at most: its own, and those its calls kept.
    const key = term.scaleOn === term.lawOn ? day : -day;
    const figures = (trialUnderWay()?.figuresOf(build) as Map<number, T> | undefined) ?? kept;
    const known = figures.get(key);
    if (known !== undefined) return known;
    const built = build(term);
    figures.set(key, built);
    return built;
  };
}
