import { Money } from '@isu/values';
import type { Fact, FactData } from '@isu/contracts';
import { by } from '../order.js';
import type { TakenFacts } from '../taken-facts.js';

type Posting = Fact<'collection.payment-posted.v1'>;
type Report = Fact<'urssaf-sync.payment-reported.v1'>;

export type Allocations = FactData<'collection.payment-posted.v1'>['allocations'];

/** Money that collection has placed on the account, with the partner's report of it where there is one. */
export interface PostedMoney {
  readonly posting: Posting;
  readonly report: Report | null;
  readonly creditAllocated: readonly Fact<'collection.credit-allocated.v1'>[];
  readonly released: readonly Fact<'collection.allocation-released.v1'>[];
  readonly reversal: Fact<'collection.payment-reversed.v1'> | null;
  /** What the money pays: the posting's allocations and those of its credit, less what was taken back, added up by line. Nothing once reversed. */
  readonly placements: readonly Placement[];
}

/** Money that the partner reported and that collection has not placed. */
export interface ReportedMoney {
  readonly posting: null;
  readonly report: Report;
  /** The partner has reported that it was taken back. */
  readonly isReturned: boolean;
}

/**
 * All that was said of one sum of money. Posting and report are linked by what the posting names, so it does not matter
 * which was heard of first, and money counts once.
 */
export type MoneyReceived = PostedMoney | ReportedMoney;

/** A part of a payment that paid a line. */
export interface Placement {
  readonly instalment: string;
  readonly year: number;
  readonly code: string;
  readonly amount: Money;
}

export function moneyReceived(taken: TakenFacts): MoneyReceived[] {
  const unlinked = new Map(taken.ofType('urssaf-sync.payment-reported.v1').map((report) => [report.id, report]));
  const takeReport = (id: string | null | undefined): Report | null => {
    const report = unlinked.get(id ?? '') ?? null;
    if (report) unlinked.delete(report.id);
    return report;
  };
  const reversals = firstByPayment(taken.ofType('collection.payment-reversed.v1'));
  const creditAllocated = allByPayment(taken.ofType('collection.credit-allocated.v1'));
  const releases = allByPayment(taken.ofType('collection.allocation-released.v1'));
  const posted = [...firstByPayment(taken.ofType('collection.payment-posted.v1'))].map(([paymentId, posting]) => {
    const placedLater = creditAllocated.get(paymentId) ?? [];
    const reversal = reversals.get(paymentId) ?? null;
    const released = releases.get(paymentId) ?? [];
    const placements =
      reversal === null ? addUp([...posting.data.allocations, ...allocationsIn(placedLater)], allocationsIn(released)) : [];
    return { posting, report: takeReport(posting.data.reportedFact), creditAllocated: placedLater, released, reversal, placements };
  });

  const returned = new Set(taken.ofType('urssaf-sync.reversal-reported.v1').map((fact) => fact.data.reportedFact));
  const onlyReported = [...unlinked.values()].map((report) => ({ posting: null, report, isReturned: returned.has(report.id) }));
  return [...posted, ...onlyReported];
}

export const placementsOf = (received: MoneyReceived): readonly Placement[] => (received.posting === null ? [] : received.placements);

/** What was taken back out of where a payment that stands had been placed, added up by line. */
export const releasedFrom = ({ reversal, released }: PostedMoney): readonly Placement[] =>
  reversal === null ? addUp(allocationsIn(released)) : [];

const allocationsIn = (facts: readonly { readonly data: { readonly allocations: Allocations } }[]): Allocations =>
  facts.flatMap(({ data }) => data.allocations);

function addUp(placed: Allocations, takenBack: Allocations = []): Placement[] {
  const placements = new Map<string, Placement>();
  const add = ({ instalment, year, code }: Omit<Placement, 'amount'>, amount: Money): void => {
    const key = `${instalment} ${String(year)} ${code}`;
    placements.set(key, { instalment, year, code, amount: (placements.get(key)?.amount ?? Money.zero).plus(amount) });
  };
  for (const part of placed) add(part, Money.of(part.amount));
  for (const part of takenBack) add(part, Money.of(part.amount).negated());
  const standing = [...placements.values()].filter(({ amount }) => !amount.isZero);
  return standing.sort(
    by(
      (placement) => placement.instalment,
      (placement) => placement.year,
      (placement) => placement.code,
    ),
  );
}

interface AboutPayment {
  readonly data: { readonly paymentId: string };
}

/** Facts come by seq: of those about one payment, the lowest seq stands. */
function firstByPayment<F extends AboutPayment>(facts: readonly F[]): Map<string, F> {
  const first = new Map<string, F>();
  for (const fact of facts) if (!first.has(fact.data.paymentId)) first.set(fact.data.paymentId, fact);
  return first;
}

function allByPayment<F extends AboutPayment>(facts: readonly F[]): Map<string, F[]> {
  const all = new Map<string, F[]>();
  for (const fact of facts) {
    const known = all.get(fact.data.paymentId);
    if (known === undefined) all.set(fact.data.paymentId, [fact]);
    else known.push(fact);
  }
  return all;
}
