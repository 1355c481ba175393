import type { AccountView, Payment, PeriodLine } from '@isu/account';
import type { Viewer } from '../../../src/face/desk.js';
import type { Part } from '../../../src/face/parts.js';

/** The account as the RSI holds it and as Urssaf holds it; null where that organisation does not answer. */
export interface BothViews {
  readonly rsi: AccountView | null;
  readonly urssaf: AccountView | null;
}

export type Organisation = keyof BothViews;

/** One figure, twice. `null`: it holds none. `undefined`: it does not answer, and is not made to contradict anybody. */
export interface Pair {
  readonly rsi: string | null | undefined;
  readonly urssaf: string | null | undefined;
}

export const differs = ({ rsi, urssaf }: Pair): boolean => rsi !== undefined && urssaf !== undefined && rsi !== urssaf;

/** "RSI" is the copy of benefits, "Urssaf" that of urssaf-sync; the joint book stands in for both when neither answers. */
export function bothViews(views: Readonly<Record<Viewer, Part<AccountView>>>): BothViews {
  const [rsi, urssaf] = [viewIn(views.benefits), viewIn(views['urssaf-sync'])];
  return rsi === null && urssaf === null ? { rsi: viewIn(views.collection), urssaf: viewIn(views.collection) } : { rsi, urssaf };
}

const viewIn = (part: Part<AccountView>): AccountView | null => (part.state === 'ok' ? part.data : null);

/** Reads the same thing out of both. */
export function paired({ rsi, urssaf }: BothViews, read: (view: AccountView) => string | null | undefined): Pair {
  const from = (view: AccountView | null) => (view === null ? undefined : (read(view) ?? null));
  return { rsi: from(rsi), urssaf: from(urssaf) };
}

export interface FiguresOfBoth {
  readonly called: Pair;
  readonly paid: Pair;
  readonly remaining: Pair;
}

export interface YearOfBoth extends FiguresOfBoth {
  readonly year: number;
  readonly stage: Pair;
  readonly lines: readonly (FiguresOfBoth & { readonly code: string })[];
}

/** What each of them called, what was paid and what remains, by year (latest first) and contribution. */
export function yearsOfBoth(views: BothViews): YearOfBoth[] {
  const held = [views.rsi, views.urssaf].flatMap((view) => (view === null ? [] : [view]));
  const years = [...new Set(held.flatMap(({ book }) => book.periods.map(({ year }) => year)))].sort((a, b) => b - a);
  const periodIn = (view: AccountView, year: number) => view.book.periods.find((period) => period.year === year);
  return years.map((year) => {
    const codes = [...new Set(held.flatMap((view) => periodIn(view, year)?.lines.map(({ code }) => code) ?? []))];
    const lineIn = (view: AccountView, code: string) => periodIn(view, year)?.lines.find((line) => line.code === code);
    return {
      year,
      stage: paired(views, (view) => periodIn(view, year)?.stage),
      ...figures(views, (view) => periodIn(view, year)),
      lines: codes.map((code) => ({ code, ...figures(views, (view) => lineIn(view, code)) })),
    };
  });
}

type Called = Pick<PeriodLine, 'called' | 'paid' | 'remaining'>;

const figures = (views: BothViews, read: (view: AccountView) => Called | undefined): FiguresOfBoth => ({
  called: paired(views, (view) => read(view)?.called),
  paid: paired(views, (view) => read(view)?.paid),
  remaining: paired(views, (view) => read(view)?.remaining),
});

/** The same money as each of them knows it: Urssaf may hold it while the RSI has not heard of it (N3). */
export interface PaymentOfBoth {
  readonly key: string;
  /** As the one that knows more tells it. */
  readonly payment: Payment;
  readonly rsi: Payment['state'] | null | undefined;
  readonly urssaf: Payment['state'] | null | undefined;
}

/** Latest value day first. A payment keeps its key from report to posting: the id of the partner's report where there is one. */
export function paymentsOfBoth({ rsi, urssaf }: BothViews): PaymentOfBoth[] {
  const keyed = (view: AccountView | null) =>
    new Map(view?.book.payments.map((payment) => [payment.reported?.fact ?? payment.id, payment]));
  const [atRsi, atUrssaf] = [keyed(rsi), keyed(urssaf)];
  const keys = [...new Set([...atRsi.keys(), ...atUrssaf.keys()])];
  return keys
    .flatMap((key) => {
      const [one, other] = [atRsi.get(key), atUrssaf.get(key)];
      const payment = [one, other].find((known) => known?.posted) ?? one ?? other;
      if (payment === undefined) return [];
      const stateAt = (view: AccountView | null, known: Payment | undefined) => (view === null ? undefined : (known?.state ?? null));
      return [{ key, payment, rsi: stateAt(rsi, one), urssaf: stateAt(urssaf, other) }];
    })
    .sort((a, b) => b.payment.valueOn.localeCompare(a.payment.valueOn) || b.key.localeCompare(a.key));
}

/** Balances that people compare by telephone, in the order in which they are read. */
export const balanceTerms = ['called', 'paid', 'remaining', 'surcharges', 'credit', 'inTransit'] as const;

export interface Differences {
  readonly balances: readonly { readonly term: (typeof balanceTerms)[number]; readonly pair: Pair }[];
  /** Only those that one of them does not hold, or holds in another state. */
  readonly payments: readonly PaymentOfBoth[];
}

/** Where the two part: what an agent must look at first. */
export function differencesOf(views: BothViews): Differences {
  return {
    balances: balanceTerms
      .map((term) => ({ term, pair: paired(views, ({ book }) => book.balance[term]) }))
      .filter(({ pair }) => differs(pair)),
    payments: paymentsOfBoth(views).filter(differs),
  };
}
