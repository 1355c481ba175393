import { wire } from '@isu/chassis';
import { surchargeCodes, type SurchargeCode } from '@isu/contracts';
import { Day, Money, Rate } from '@isu/values';
import type { KnownSurcharges } from './known-surcharges.js';
import type { Exemption } from './late-debt.js';
import { debtKey, notifiableFrom, reviewSurcharges, type Hold } from './notification.js';
import { remissionStates, type Remission } from './remission.js';

const codes = Object.values(surchargeCodes);

interface AccruedLine {
  readonly code: SurchargeCode;
  readonly base: Money;
  readonly rate: Rate;
  readonly months: number;
  readonly from: Day;
  readonly amount: Money;
  readonly expression: string;
  readonly parameter: string;
}

interface ShownDebt {
  readonly instalment: string;
  readonly year: number;
  readonly dueOn: Day;
  readonly unpaidAtDue: Money;
  readonly settledOn: Day | null;
  readonly exemption: Exemption | null;
  readonly notifiableFrom: Day;
  readonly accrued: readonly AccruedLine[];
}

interface ShownSurcharge {
  readonly instalment: string;
  readonly year: number;
  readonly code: SurchargeCode;
  readonly charged: Money;
  readonly cancelled: Money;
  readonly remitted: Money;
  readonly paid: Money;
  readonly remaining: Money;
}

/** What accrues by law up to a day, what of it was notified, and what holds the rest. */
export interface SurchargesOfAccount {
  readonly account: string;
  readonly day: Day;
  readonly debts: readonly ShownDebt[];
  readonly accrued: Money;
  readonly notified: readonly ShownSurcharge[];
  readonly remaining: Money;
  readonly holds: readonly Hold[];
  readonly remissions: readonly Remission[];
}

export const shownRemission = wire.record<Remission>({
  id: wire.uuid,
  account: wire.account,
  reason: wire.text,
  externalEvent: wire.flag,
  askedBy: wire.text,
  askedOn: wire.day,
  state: wire.choice(remissionStates),
  ground: wire.orNull(wire.choice(['director', 'board'])),
  boardReference: wire.orNull(wire.text),
  decidedBy: wire.orNull(wire.text),
  decidedOn: wire.orNull(wire.day),
  decisionReason: wire.orNull(wire.text),
  amount: wire.orNull(wire.euros),
});

const accruedLine = wire.record<AccruedLine>({
  code: wire.choice(codes),
  base: wire.euros,
  rate: wire.rate,
  months: wire.count,
  from: wire.day,
  amount: wire.euros,
  expression: wire.text,
  parameter: { ...wire.text, description: 'Le paramètre daté et sa source.' },
});

export const surchargesAnswer = wire.record<SurchargesOfAccount>({
  account: wire.account,
  day: wire.day,
  debts: wire.listOf(
    wire.record<ShownDebt>({
      instalment: wire.text,
      year: wire.year,
      dueOn: wire.day,
      unpaidAtDue: wire.euros,
      settledOn: wire.orNull(wire.day),
      exemption: wire.orNull(wire.choice(['carried', 'small-debt'])),
      notifiableFrom: wire.day,
      accrued: wire.listOf(accruedLine),
    }),
  ),
  accrued: { ...wire.euros, description: 'Courues de plein droit jusqu’à ce jour, notifiées ou non.' },
  notified: wire.listOf(
    wire.record<ShownSurcharge>({
      instalment: wire.text,
      year: wire.year,
      code: wire.choice(codes),
      charged: wire.euros,
      cancelled: wire.euros,
      remitted: wire.euros,
      paid: wire.euros,
      remaining: wire.euros,
    }),
  ),
  remaining: wire.euros,
  holds: wire.listOf(wire.record<Hold>({ code: wire.text, text: wire.text })),
  remissions: wire.listOf(shownRemission),
});

export function shownSurcharges(account: string, known: KnownSurcharges, remissions: readonly Remission[]): SurchargesOfAccount {
  const { day, debts, surcharges } = known;
  const shown = debts.map((debt): ShownDebt => {
    const { instalment, year, dueOn, unpaidAtDue, settledOn, exemption } = debt;
    const accrued = debt.accruedUntil(day).map(({ kind, base, rate, months, from, amount, expression, parameter }) => ({
      ...{ code: surchargeCodes[kind], base, rate, months, from, amount, expression },
      parameter: `${parameter.label} : ${parameter.value} depuis le ${Day.of(parameter.from).print()} (${parameter.source})`,
    }));
    return { instalment, year, dueOn, unpaidAtDue, settledOn, exemption, notifiableFrom: notifiableFrom(debt), accrued };
  });
  const notified = surcharges.map(({ instalment, year, code, ...sums }) => ({
    ...{ instalment, year, code, charged: Money.of(sums.charged), cancelled: Money.of(sums.cancelled) },
    ...{ remitted: Money.of(sums.remitted), paid: Money.of(sums.paid), remaining: Money.of(sums.remaining) },
  }));
  return {
    ...{ account, day, debts: shown, notified, remissions },
    accrued: Money.sum(shown.flatMap(({ accrued }) => accrued.map(({ amount }) => amount))),
    remaining: Money.sum(notified.map(({ remaining }) => remaining)),
    // Only what is waiting is held: an account that owes nothing more has nothing to be told.
    holds: isAllNotified(known) ? [] : reviewSurcharges(known).holds.map(({ code, text }) => ({ code, text })),
  };
}

function isAllNotified({ debts, surcharges, day }: KnownSurcharges): boolean {
  return debts.every((debt) => {
    const charged = surcharges
      .filter((owed) => debtKey(owed) === debtKey(debt))
      .map((owed) => Money.of(owed.charged).minus(Money.of(owed.cancelled)));
    return Money.sum(charged).equals(Money.sum(debt.accruedUntil(day).map(({ amount }) => amount)));
  });
}
