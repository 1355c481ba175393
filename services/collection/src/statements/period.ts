import type { Balance } from '@isu/ledger';
import { Money } from '@isu/values';

export interface PeriodLine {
  readonly code: string;
  readonly called: Money;
  readonly paid: Money;
  /** Negative when more was paid than is owed. */
  readonly remaining: Money;
}

/** What a contribution year was called, paid and still is owed. */
export interface Period extends Omit<PeriodLine, 'code'> {
  readonly year: number;
  readonly lines: readonly PeriodLine[];
  /** For lateness, as they were notified: in none of the figures above. */
  readonly surcharges: PeriodSurcharges;
}

/** `called`: charged, less what was cancelled and given up. */
export type PeriodSurcharges = Omit<PeriodLine, 'code'>;

export interface Periods {
  readonly periods: readonly Period[];
  /** Money received that no debt took. */
  readonly credit: Money;
  /** One amount for all: positive, the person owes. Always the sum of the periods and their surcharges, less the credit (F16). */
  readonly balance: Money;
}

/** Reads the detail by period out of the balances of a person's book: what was called came out of `contributions`. */
export function periodsOf(balances: readonly Balance[]): Periods {
  const lines = new Map<number, Map<string, { called: Money; remaining: Money }>>();
  for (const { account, balance } of balances) {
    const { kind, year, code } = account;
    if (year === null || code === null || (kind !== 'contributions' && kind !== 'receivable')) continue;
    const ofYear = lines.get(year) ?? new Map<string, { called: Money; remaining: Money }>();
    const line = ofYear.get(code) ?? { called: Money.zero, remaining: Money.zero };
    ofYear.set(code, kind === 'receivable' ? { ...line, remaining: balance } : { ...line, called: balance.negated() });
    lines.set(year, ofYear);
  }
  const surcharges = surchargesOf(balances);
  const years = [...new Set([...lines.keys(), ...surcharges.keys()])].sort((a, b) => a - b);
  const periods = years.map((year) => ({
    ...periodOf(year, lines.get(year) ?? new Map<string, never>()),
    surcharges: surcharges.get(year) ?? noSurcharges,
  }));
  const credit = Money.sum(balances.filter(({ account }) => account.kind === 'credit').map(({ balance }) => balance)).negated();
  return {
    periods,
    credit,
    balance: Money.sum(periods.flatMap(({ remaining, surcharges: late }) => [remaining, late.remaining])).minus(credit),
  };
}

const noSurcharges: PeriodSurcharges = { called: Money.zero, paid: Money.zero, remaining: Money.zero };

/** Income of the house less what it gave up was called; what stands on the person's account remains. */
function surchargesOf(balances: readonly Balance[]): Map<number, PeriodSurcharges> {
  const found = new Map<number, PeriodSurcharges>();
  for (const { account, balance } of balances) {
    const { kind, year } = account;
    if (year === null || (kind !== 'surcharge' && kind !== 'surcharges' && kind !== 'remissions')) continue;
    const known = found.get(year) ?? noSurcharges;
    const called = kind === 'surcharge' ? known.called : known.called.minus(balance);
    const remaining = kind === 'surcharge' ? known.remaining.plus(balance) : known.remaining;
    found.set(year, { called, remaining, paid: called.minus(remaining) });
  }
  return found;
}

function periodOf(year: number, ofYear: ReadonlyMap<string, { called: Money; remaining: Money }>): Omit<Period, 'surcharges'> {
  const lines = [...ofYear].map(([code, { called, remaining }]) => ({ code, called, paid: called.minus(remaining), remaining }));
  const sum = (name: 'called' | 'paid' | 'remaining'): Money => Money.sum(lines.map((line) => line[name]));
  return { year, called: sum('called'), paid: sum('paid'), remaining: sum('remaining'), lines };
}
