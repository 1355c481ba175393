import type { Reason, SurchargeOwed } from '@isu/account';
import { isRemittedAutomatically, smallDebt, type Surcharge } from '@isu/calc';
import { surchargeCodes, type FactData, type SurchargeCode } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { LateDebt } from './late-debt.js';

export type ChargedLine = FactData<'collection.surcharge-charged.v1'>['lines'][number];
export type PartOff = FactData<'collection.surcharge-cancelled.v1'>['lines'][number];

/** Why surcharges that accrue by law are not notified yet (N6). */
export type Hold = Pick<Reason, 'code' | 'text'> | { readonly code: OwnHold; readonly text: string };
export const ownHolds = ['message-set-aside', 'money-to-match', 'account-frozen', 'carried', 'below-threshold'] as const;
type OwnHold = (typeof ownHolds)[number];

/** What an account says of its surcharges on a day, and what is to be done about it. */
export interface Review {
  readonly day: Day;
  readonly charge: readonly ChargedLine[];
  readonly cancel: readonly PartOff[];
  /** By rule, the first time somebody is late (CSS R. 243-19-1). */
  readonly remit: readonly PartOff[];
  readonly holds: readonly Hold[];
  /** The next day on which something may have to be done; null when only a new fact can bring it. */
  readonly nextLookOn: Day | null;
}

export interface Reviewed {
  readonly day: Day;
  readonly debts: readonly LateDebt[];
  readonly surcharges: readonly SurchargeOwed[];
  /** By due date and year: the day up to which surcharges were charged. */
  readonly chargedThrough: ReadonlyMap<string, Day>;
  /** What makes it doubtful that the person is late, and holds for the whole account. */
  readonly doubts: readonly Hold[];
}

export const debtKey = ({ instalment, year }: { readonly instalment: string; readonly year: number }): string => `${instalment} ${year}`;

/** Notified a month after the due date, when the person can no longer earn the automatic remission; or as soon as the debt is settled. */
export const notifiableFrom = ({ dueOn }: LateDebt): Day => dueOn.plusMonths(1).plusDays(1);

/** Decides what is notified, cancelled and given up today. Nothing is notified in doubt; what was never owed is cancelled at once. */
export function reviewSurcharges(reviewed: Reviewed): Review {
  const { day, debts, surcharges, doubts } = reviewed;
  const standing = debts.map((debt) => standingOf(debt, reviewed));
  const goneKeys = new Set(debts.map(debtKey));
  const never = surcharges.filter((owed) => !goneKeys.has(debtKey(owed))).map((owed) => partOff(owed, stillOwed(owed)));
  const cancel = [...standing.flatMap((each) => each.cancel), ...never].filter(({ amount }) => amount !== '0');
  const ready = standing.filter(({ debt, lines }) => lines.length > 0 && (debt.settledOn !== null || notifiableFrom(debt).atMost(day)));
  const [forgiven, asked] = [ready.filter(({ isForgiven }) => isForgiven), ready.filter(({ isForgiven }) => !isForgiven)];
  const sum = Money.sum(asked.flatMap(({ lines }) => lines.map(({ amount }) => Money.of(amount))));
  const owedAlready = Money.sum(surcharges.map(({ remaining }) => Money.of(remaining)));
  const isSmall = sum.isPositive && !sum.plus(owedAlready).atLeast(smallDebt(day));
  const holds = [...doubts, ...(standing.some(({ isCarried }) => isCarried) ? [carried] : []), ...(isSmall ? [belowThreshold(day)] : [])];
  const isDoubtful = doubts.length > 0;
  const charged = isDoubtful ? [] : [...forgiven, ...(isSmall ? [] : asked)];
  return {
    ...{ day, cancel, holds },
    charge: charged.flatMap(({ lines }) => lines),
    remit: isDoubtful ? [] : standing.filter(({ isForgiven }) => isForgiven).flatMap((each) => remission(each, surcharges)),
    nextLookOn: nextLook(standing, day, { isDoubtful: isDoubtful && ready.length > 0 }),
  };
}

interface Standing {
  readonly debt: LateDebt;
  /** To be charged: what has accrued and is not charged yet. */
  readonly lines: readonly ChargedLine[];
  readonly cancel: readonly PartOff[];
  readonly isForgiven: boolean;
  readonly isCarried: boolean;
}

function standingOf(debt: LateDebt, { day, surcharges, chargedThrough, debts }: Reviewed): Standing {
  const isCarried = debt.carriedTo !== null && day.atMost(debt.carriedTo) && debt.exemption === null;
  const accrued = debt.accruedUntil(day);
  const through = chargedThrough.get(debtKey(debt));
  const before = through ? debt.accruedUntil(through) : [];
  const known = surcharges.filter((owed) => debtKey(owed) === debtKey(debt));
  const sums = { accrued: sumByCode(accrued), before: sumByCode(before) };
  const cancel: PartOff[] = [];
  const lines: ChargedLine[] = [];
  for (const [kind, code] of Object.entries(surchargeCodes) as [Surcharge['kind'], SurchargeCode][]) {
    const owed = known.find((each) => each.code === code);
    const net = owed ? chargedNet(owed) : Money.zero;
    const then = sums.before(code);
    const ofKind = (all: readonly Surcharge[]): Surcharge[] => all.filter((line) => line.kind === kind);
    const isMoreThanCharged = !then.atMost(net);
    if (isMoreThanCharged && !isCarried && (owed === undefined || Money.of(owed.remitted).isZero)) {
      // More was unpaid than we knew: charged anew, whole, so that each line explains itself. What was given up is not asked again.
      if (net.isPositive) cancel.push(partOff({ ...debt, code }, net));
      lines.push(...chargedLines(debt, ofKind(accrued)));
    } else {
      // As charged, or the money had come before: then what was never owed goes, and the rest is what has begun since.
      if (owed && !isMoreThanCharged) cancel.push(partOff({ ...debt, code }, Money.min(net.minus(then), stillOwed(owed))));
      if (!isCarried) lines.push(...chargedLines(debt, begunSince(ofKind(before), ofKind(accrued))));
    }
  }
  const total = Money.sum(accrued.map(({ amount }) => amount));
  const lateBefore = debts.filter(({ exemption }) => exemption === null).map(({ dueOn }) => dueOn);
  const isForgiven = isRemittedAutomatically({ dueOn: debt.dueOn, settledOn: debt.settledOn, surcharges: total, lateBefore });
  return { debt, lines, cancel, isForgiven, isCarried };
}

const chargedNet = ({ charged, cancelled }: SurchargeOwed): Money => Money.of(charged).minus(Money.of(cancelled));

/** Charged and neither cancelled nor given up, paid or not. */
const stillOwed = (owed: SurchargeOwed): Money => chargedNet(owed).minus(Money.of(owed.remitted));

const sumByCode =
  (lines: readonly Surcharge[]) =>
  (code: SurchargeCode): Money =>
    Money.sum(lines.filter(({ kind }) => surchargeCodes[kind] === code).map(({ amount }) => amount));

/** What lines say now and did not say then, of the same debt as it is known now: the last of them may have grown by some months. */
function begunSince(then: readonly Surcharge[], now: readonly Surcharge[]): Surcharge[] {
  return now.flatMap((line, rank): Surcharge[] => {
    const before = then[rank];
    if (before === undefined) return [line];
    if (before.months === line.months) return [];
    return [
      {
        ...line,
        months: line.months - before.months,
        from: line.from.plusMonths(before.months),
        amount: line.amount.minus(before.amount),
      },
    ];
  });
}

/** A month on some cents comes to nothing: it is not asked, and counts again with those that follow. */
const chargedLines = (debt: LateDebt, lines: readonly Surcharge[]): ChargedLine[] =>
  lines.filter(({ amount }) => amount.isPositive).map((line) => chargedLine(debt, line));

const chargedLine = ({ instalment, year }: LateDebt, { kind, base, rate, months, from, amount }: Surcharge): ChargedLine => ({
  ...{ instalment, year, code: surchargeCodes[kind], months },
  ...{ base: base.toString(), rate: rate.toString(), from: from.iso, amount: amount.toString() },
});

const partOff = ({ instalment, year, code }: Omit<PartOff, 'amount'>, amount: Money): PartOff => ({
  ...{ instalment, year, code },
  amount: amount.toString(),
});

/** All of the debt that is or will then be charged, less what was given up already. */
function remission({ debt, lines, cancel }: Standing, surcharges: readonly SurchargeOwed[]): PartOff[] {
  return Object.values(surchargeCodes).flatMap((code): PartOff[] => {
    const owed = surcharges.find((each) => debtKey(each) === debtKey(debt) && each.code === code);
    const kept = owed ? stillOwed(owed) : Money.zero;
    const added = Money.sum(lines.filter((line) => line.code === code).map(({ amount }) => Money.of(amount)));
    const gone = Money.sum(cancel.filter((part) => part.code === code).map(({ amount }) => Money.of(amount)));
    const amount = kept.plus(added).minus(gone);
    return amount.isPositive ? [partOff({ ...debt, code }, amount)] : [];
  });
}

function nextLook(standing: readonly Standing[], day: Day, { isDoubtful }: { isDoubtful: boolean }): Day | null {
  if (isDoubtful) return day.plusDays(1);
  const days = standing.flatMap(({ debt, isCarried }): Day[] => {
    if (isCarried && debt.carriedTo) return [debt.carriedTo.plusDays(1)];
    if (debt.settledOn !== null || debt.exemption !== null) return [];
    const notifiable = notifiableFrom(debt);
    return [notifiable.isAfter(day) ? notifiable : nextMonth(debt.runsFrom, day)];
  });
  return days.length === 0 ? null : days.reduce((a, b) => Day.min(a, b));
}

/** The day on which one more month has begun. */
function nextMonth(from: Day, day: Day): Day {
  for (let months = 1; ; months += 1) {
    const begun = from.plusMonths(months).plusDays(1);
    if (begun.isAfter(day)) return begun;
  }
}

const carried: Hold = {
  code: 'carried',
  text: 'Un prélèvement rejeté faute de provision a été reporté à l’échéance suivante : payé alors, il ne coûte rien.',
};

const belowThreshold = (day: Day): Hold => ({
  code: 'below-threshold',
  text: `Les majorations restent au compte sans être réclamées tant qu’elles n’atteignent pas ${smallDebt(day).print()} (CSS, art. D. 133-1).`,
});
