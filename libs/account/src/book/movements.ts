import { Money } from '@isu/values';
import { by } from '../order.js';
import { calledByCode, type Assessment } from './assessments.js';
import type { Allocations, MoneyReceived, PostedMoney } from './money-received.js';
import type { SurchargeMovement } from './surcharges.js';

/** What one accounting day moved on one contribution of one year: balances at any accounting day are sums up to it. */
export interface Movement {
  readonly accountingDay: string;
  readonly year: number;
  readonly code: string;
  readonly called: string;
  readonly paid: string;
}

interface Row {
  readonly accountingDay: string;
  readonly year: number;
  readonly code: string;
  called: Money;
  paid: Money;
}

/** By accounting day, year, code; a row that comes to nothing is left out. */
export function movementsOf(
  assessments: readonly Assessment[],
  received: readonly MoneyReceived[],
  surcharges: readonly SurchargeMovement[],
): Movement[] {
  const day = new DayBook();
  assessments.forEach((assessment, index) => {
    const before = assessments[index - 1];
    callDifference(day, assessment, before?.year === assessment.year ? before : undefined);
  });
  for (const { amount, ...place } of surcharges) day.call(place, amount);
  for (const money of received) {
    if (money.posting === null) continue;
    payAndReverse(day, money);
  }
  return day.movements();
}

/** What was placed, on each its own day, what was taken back on its own; a reversal undoes both on the day it is booked. */
function payAndReverse(day: DayBook, { posting, creditAllocated, released, reversal }: PostedMoney): void {
  for (const { data } of [posting, ...creditAllocated]) {
    day.pay(data.accountingDay, data.allocations);
    if (reversal) day.unpay(reversal.data.accountingDay, data.allocations);
  }
  for (const { data } of released) {
    day.unpay(data.accountingDay, data.allocations);
    if (reversal) day.pay(reversal.data.accountingDay, data.allocations);
  }
}

/** An assessment moves its difference with the version before it; a code that disappears goes back to nothing. */
function callDifference(day: DayBook, assessment: Assessment, before: Assessment | undefined): void {
  const { accountingDay, year } = assessment;
  const [called, calledBefore] = [calledByCode(assessment), calledByCode(before)];
  for (const code of new Set([...called.keys, ...calledBefore.keys])) {
    day.call({ accountingDay, year, code }, called.of(code).minus(calledBefore.of(code)));
  }
}

class DayBook {
  private readonly rows = new Map<string, Row>();

  call(place: Omit<Row, 'called' | 'paid'>, amount: Money): void {
    const row = this.row(place);
    row.called = row.called.plus(amount);
  }

  pay(accountingDay: string, allocations: Allocations): void {
    for (const { year, code, amount } of allocations) {
      const row = this.row({ accountingDay, year, code });
      row.paid = row.paid.plus(Money.of(amount));
    }
  }

  unpay(accountingDay: string, allocations: Allocations): void {
    for (const { year, code, amount } of allocations) {
      const row = this.row({ accountingDay, year, code });
      row.paid = row.paid.minus(Money.of(amount));
    }
  }

  movements(): Movement[] {
    return [...this.rows.values()]
      .filter(({ called, paid }) => !called.isZero || !paid.isZero)
      .sort(
        by(
          (row) => row.accountingDay,
          (row) => row.year,
          (row) => row.code,
        ),
      )
      .map((row) => ({ ...row, called: row.called.toString(), paid: row.paid.toString() }));
  }

  private row({ accountingDay, year, code }: Omit<Row, 'called' | 'paid'>): Row {
    const key = `${accountingDay} ${String(year)} ${code}`;
    let row = this.rows.get(key);
    if (row === undefined) this.rows.set(key, (row = { accountingDay, year, code, called: Money.zero, paid: Money.zero }));
    return row;
  }
}
