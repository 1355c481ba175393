import { isFact, type Fact, type Group, type Regime, type SpouseOption } from '@isu/contracts';
import { Day } from '@isu/values';

/** A period of activity that is over, and when we learned that it was. */
export interface ActivityPeriod {
  readonly startedOn: Day;
  readonly endedOn: Day | null;
  readonly endLearnedOn: Day | null;
}

/** Group and regime from a day on. */
export interface StatusFrom {
  readonly from: Day;
  readonly group: Group;
  readonly regime: Regime;
  /** A pensioner, or insured by another scheme as well. */
  readonly insuredElsewhere: boolean;
}

/** A collaborating spouse (conjoint collaborateur), whose contributions are called on the account of the head. */
export interface SpouseLink {
  readonly account: string;
  readonly from: Day;
  /** Last day of the collaboration; null while it goes on. */
  readonly to: Day | null;
  /** The base options, each from its day on. */
  readonly options: readonly { readonly option: SpouseOption; readonly from: Day }[];
}

/** Who works with the head of a business as their collaborating spouse, as the spouse's own account knows it. */
export interface Collaboration {
  readonly head: string;
  readonly from: Day;
  /** Last day; null while it goes on. */
  readonly to: Day | null;
}

/** What affiliation said beside the last word about group, regime, start and end; empty for nearly everybody. */
export interface Told {
  readonly endLearnedOn: Day | null;
  /** Periods of activity before the last one, oldest first. */
  readonly earlier: readonly ActivityPeriod[];
  /** Every status by its day, once one has changed; empty while the first one stands. */
  readonly statuses: readonly StatusFrom[];
  /** The start for which the relief of starters (ACCRE) was granted. */
  readonly acreFrom: Day | null;
  readonly spouses: readonly SpouseLink[];
  /** Said on the account of the head, kept here too: what is due for it is called there. */
  readonly collaborations: readonly Collaboration[];
  readonly mandate: 'signed' | 'revoked' | null;
  /** The account under which everything goes on: this one was a second one of the same person (S3). */
  readonly mergedInto: string | null;
}

export const nothingTold: Told = {
  ...{ endLearnedOn: null, earlier: [], statuses: [], acreFrom: null, spouses: [], collaborations: [], mandate: null, mergedInto: null },
};

/** The insured person as the law asks about them. */
export interface Insured {
  readonly group: Group;
  readonly regime: Regime;
  readonly startedOn: Day;
  readonly endedOn: Day | null;
  readonly told: Told;
}

export const wordsOfAffiliation = [
  'affiliation.registered.v1',
  'affiliation.status-changed.v1',
  'affiliation.ended.v1',
  'affiliation.acre-decided.v1',
  'affiliation.spouse-linked.v1',
  'affiliation.mandate-signed.v1',
  'affiliation.mandate-revoked.v1',
  'affiliation.account-merged.v1',
] as const;
export type Word = Fact<(typeof wordsOfAffiliation)[number]>;

/**
 * What a word of affiliation makes of what was known. Registered again, another period of activity begins on the same account; the
 * others mean nothing before a registration.
 */
export function heard(before: Insured | undefined, word: Word, learnedOn: Day): Insured | undefined {
  if (isFact(word, 'affiliation.registered.v1')) return registered(before, word.data);
  if (before === undefined) return undefined;
  const { told } = before;
  if (isFact(word, 'affiliation.ended.v1')) return { ...before, endedOn: Day.of(word.data.on), told: { ...told, endLearnedOn: learnedOn } };
  if (isFact(word, 'affiliation.status-changed.v1')) return statusChanged(before, word.data);
  return { ...before, told: alsoTold(told, word) };
}

function alsoTold(told: Told, word: Word): Told {
  if (isFact(word, 'affiliation.acre-decided.v1'))
    return { ...told, acreFrom: word.data.decision === 'granted' ? Day.of(word.data.from) : null };
  if (isFact(word, 'affiliation.spouse-linked.v1')) return { ...told, spouses: linked(told.spouses, word.data) };
  if (isFact(word, 'affiliation.mandate-signed.v1')) return { ...told, mandate: 'signed' };
  if (isFact(word, 'affiliation.mandate-revoked.v1')) return { ...told, mandate: 'revoked' };
  if (isFact(word, 'affiliation.account-merged.v1')) return { ...told, mergedInto: word.data.into };
  return told;
}

function registered(before: Insured | undefined, { group, regime, startedOn }: Fact<'affiliation.registered.v1'>['data']): Insured {
  const start = Day.of(startedOn);
  if (before === undefined || before.startedOn.equals(start))
    return { group, regime, startedOn: start, endedOn: null, told: before?.told ?? nothingTold };
  const { told } = before;
  const period = { startedOn: before.startedOn, endedOn: before.endedOn ?? start.minusDays(1), endLearnedOn: told.endLearnedOn };
  const status = { from: start, group, regime, insuredElsewhere: false };
  return {
    ...{ group, regime, startedOn: start, endedOn: null },
    told: { ...told, endLearnedOn: null, earlier: [...told.earlier, period], statuses: withStatus(before, status), acreFrom: null },
  };
}

function statusChanged(
  before: Insured,
  { group, regime, from, pensioner, otherScheme }: Fact<'affiliation.status-changed.v1'>['data'],
): Insured {
  const status = { from: Day.of(from), group, regime, insuredElsewhere: (pensioner ?? false) || (otherScheme ?? false) };
  return { ...before, group, regime, told: { ...before.told, statuses: withStatus(before, status) } };
}

/** A word about a day takes the place of what was said of it and of the days after it. */
function withStatus({ group, regime, startedOn, told }: Insured, status: StatusFrom): StatusFrom[] {
  const first = { from: startedOn, group, regime, insuredElsewhere: false };
  const known = told.statuses.length > 0 ? told.statuses : [first];
  return [...known.filter(({ from }) => from.isBefore(status.from)), status];
}

function linked(
  spouses: readonly SpouseLink[],
  { spouseAccount, option, from: text, to }: Fact<'affiliation.spouse-linked.v1'>['data'],
): SpouseLink[] {
  const [from, going] = [Day.of(text), spouses.find(({ account, to: end }) => account === spouseAccount && end === null)];
  const others = spouses.filter((each) => each !== going);
  if (to !== undefined) return going ? [...others, { ...going, to: Day.of(to) }] : others;
  if (!going) return [...others, { account: spouseAccount, from, to: null, options: [{ option, from }] }];
  return [...others, { ...going, options: [...going.options.filter((each) => each.from.isBefore(from)), { option, from }] }];
}

/** What a word of the head's account makes of what the spouse's own one knows. */
export function collaborating(
  known: readonly Collaboration[],
  { subject: head, data }: Pick<Fact<'affiliation.spouse-linked.v1'>, 'subject' | 'data'>,
): Collaboration[] {
  const going = known.find((each) => each.head === head && each.to === null);
  const others = known.filter((each) => each !== going);
  const to = data.to === undefined ? null : Day.of(data.to);
  return [...others, { head, from: going?.from ?? Day.of(data.from), to }];
}

/** As it is kept in the account's row: what says nothing is left out. */
export const toldText = (told: Told): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))),
  );

type Texts<T> = T extends Day
  ? string
  : T extends readonly (infer One)[]
    ? Texts<One>[]
    : T extends object
      ? { [K in keyof T]: Texts<T[K]> }
      : T;
const dayOf = (text: string | null): Day | null => (text === null ? null : Day.of(text));

export const collaborationOf = ({ head, from, to }: Texts<Collaboration>): Collaboration => ({ head, from: Day.of(from), to: dayOf(to) });

export function toldOf(kept: Partial<Texts<Told>>): Told {
  if (Object.keys(kept).length === 0) return nothingTold;
  const {
    endLearnedOn = null,
    earlier = [],
    statuses = [],
    acreFrom = null,
    spouses = [],
    collaborations = [],
    mandate = null,
    mergedInto = null,
  } = kept;
  return {
    ...{ endLearnedOn: dayOf(endLearnedOn), acreFrom: dayOf(acreFrom), mandate, mergedInto },
    earlier: earlier.map(({ startedOn, endedOn, endLearnedOn: learned }) => ({
      ...{ startedOn: Day.of(startedOn), endedOn: dayOf(endedOn), endLearnedOn: dayOf(learned) },
    })),
    statuses: statuses.map(({ from, ...status }) => ({ ...status, from: Day.of(from) })),
    collaborations: collaborations.map(collaborationOf),
    spouses: spouses.map(({ from, to, options, ...link }) => ({
      ...{ ...link, from: Day.of(from), to: dayOf(to) },
      options: options.map(({ option, from: since }) => ({ option, from: Day.of(since) })),
    })),
  };
}
