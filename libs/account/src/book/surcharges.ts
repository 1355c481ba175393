import { Money } from '@isu/values';
import { surchargeCodes, type Fact, type SurchargeCode } from '@isu/contracts';
import { by } from '../order.js';
import { Tally } from '../tally.js';
import type { TakenFacts } from '../taken-facts.js';
import { euros } from './euros.js';
import type { Placement } from './money-received.js';

/** A surcharge for lateness on one due date and one contribution year: as notified, taken off, paid (F104). What accrues unsent is no fact. */
export interface SurchargeOwed {
  readonly instalment: string;
  readonly year: number;
  readonly code: SurchargeCode;
  readonly charged: string;
  /** It was never owed. */
  readonly cancelled: string;
  /** It was owed, and given up. */
  readonly remitted: string;
  readonly paid: string;
  /** Negative when it was paid before it was taken off. */
  readonly remaining: string;
  readonly lines: readonly SurchargeLine[];
}

/** As it was notified: base × rate × months. */
export interface SurchargeLine {
  readonly fact: string;
  readonly base: string;
  readonly rate: string;
  readonly months: number;
  readonly from: string;
  readonly amount: string;
}

/** A change of what is called as surcharges, on its accounting day. */
export interface SurchargeMovement {
  readonly accountingDay: string;
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
}

const codes: ReadonlySet<string> = new Set(Object.values(surchargeCodes));
export const isSurcharge = ({ code }: { readonly code: string }): boolean => codes.has(code);

interface Entry {
  readonly instalment: string;
  readonly year: number;
  readonly code: SurchargeCode;
  readonly lines: SurchargeLine[];
}

/** By instalment, year, code: each that was charged, taken off or paid. */
export function surchargesOf(taken: TakenFacts, placements: readonly Placement[]): SurchargeOwed[] {
  const entries = new Map<string, Entry>();
  const sums = { charged: new Tally(), cancelled: new Tally(), remitted: new Tally(), paid: new Tally() };
  const count = (part: Omit<Entry, 'lines'>, sum: Tally, amount: Money): Entry => {
    const key = keyOf(part);
    let entry = entries.get(key);
    if (entry === undefined) entries.set(key, (entry = { instalment: part.instalment, year: part.year, code: part.code, lines: [] }));
    sum.add(key, amount);
    return entry;
  };
  for (const { id, data } of charged(taken)) {
    for (const { base, rate, months, from, amount, ...part } of data.lines) {
      const line = { fact: id, base: euros(base), rate, months, from, amount: euros(amount) };
      count(part, sums.charged, Money.of(amount)).lines.push(line);
    }
  }
  for (const { data } of cancelled(taken)) for (const part of data.lines) count(part, sums.cancelled, Money.of(part.amount));
  for (const { data } of remitted(taken)) for (const part of data.lines) count(part, sums.remitted, Money.of(part.amount));
  for (const placement of placements) {
    if (isSurcharge(placement)) count(placement as Placement & { code: SurchargeCode }, sums.paid, placement.amount);
  }
  const owed = [...entries.values()].map((entry): SurchargeOwed => {
    const key = keyOf(entry);
    const off = sums.cancelled.of(key).plus(sums.remitted.of(key)).plus(sums.paid.of(key));
    return {
      ...{ instalment: entry.instalment, year: entry.year, code: entry.code },
      charged: sums.charged.of(key).toString(),
      cancelled: sums.cancelled.of(key).toString(),
      remitted: sums.remitted.of(key).toString(),
      paid: sums.paid.of(key).toString(),
      remaining: sums.charged.of(key).minus(off).toString(),
      lines: entry.lines,
    };
  });
  return owed.sort(
    by(
      (surcharge) => surcharge.instalment,
      (surcharge) => surcharge.year,
      (surcharge) => surcharge.code,
    ),
  );
}

/** What charging and taking off moved, in no order. */
export function surchargeMovements(taken: TakenFacts): SurchargeMovement[] {
  const moved = (facts: readonly (Charged | TakenOff)[], sign: 1 | -1): SurchargeMovement[] =>
    facts.flatMap(({ data: { accountingDay, lines } }) =>
      lines.map(({ year, code, amount }) => {
        const money = Money.of(amount);
        return { accountingDay, year, code, amount: sign === 1 ? money : money.negated() };
      }),
    );
  return [...moved(charged(taken), 1), ...moved(cancelled(taken), -1), ...moved(remitted(taken), -1)];
}

type Charged = Fact<'collection.surcharge-charged.v1'>;
type TakenOff = Fact<'collection.surcharge-cancelled.v1'> | Fact<'collection.surcharge-remitted.v1'>;

const charged = (taken: TakenFacts): readonly Charged[] => taken.ofType('collection.surcharge-charged.v1');
const cancelled = (taken: TakenFacts) => taken.ofType('collection.surcharge-cancelled.v1');
const remitted = (taken: TakenFacts) => taken.ofType('collection.surcharge-remitted.v1');
const keyOf = ({ instalment, year, code }: Omit<Entry, 'lines'>): string => `${instalment} ${String(year)} ${code}`;
