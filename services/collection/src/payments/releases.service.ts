import { draft, type FactDraft } from '@isu/contracts';
import { accounts as chart, type Booked, type Ledger, type Posting, type Transaction } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Instalment } from '../schedules/schedule.js';
import { surchargesPaidBeyond, saveSurchargesPaid } from '../surcharges/surcharge.table.js';
import { watchNow } from '../surcharges/watch.table.js';
import type { PlacedPart } from './allocation.js';
import { allocationTexts, owedIn, perDebt, placingKey, type Payment } from './payment.js';
import { paymentsPlaced, savePayments } from './payment.table.js';
import { paidDifference, releaseOf, type ReleasedPayment } from './release.js';

interface Parts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
}

/** Why money is taken back: what the facts will name. */
export interface Trace {
  readonly cause: string | null;
  readonly correlation: string | undefined;
}

/** The due dates of an account before they were called again and after. */
export interface CalledAgain extends Trace {
  readonly account: string;
  readonly before: readonly Instalment[];
  readonly after: readonly Instalment[];
}

/** What of one account is taken back out of debts, and what of that is placed at once on others of the same due dates. */
interface Wanted extends Trace {
  readonly account: string;
  readonly released: readonly PlacedPart[];
  readonly placed: readonly PlacedPart[];
}

interface Move {
  readonly payment: Payment;
  readonly kind: 'released' | 'placed';
  readonly parts: readonly PlacedPart[];
  readonly trace: Trace;
}

/**
 * Takes money back out of where it was placed, when less is owed than was paid there (ADR 19). The accounts are locked by the caller, who writes
 * the due dates as they now are; here are their payments, the ledger and the facts. What is left is credit.
 */
export class ReleasesService {
  constructor(private readonly parts: Parts) {}

  /** What calendars pay less than before is taken out of the payments that had paid it. Gives the accounts that have credit from it. */
  async followCalendars(tx: EntityManager, called: readonly CalledAgain[]): Promise<string[]> {
    const wanted = called.map(({ account, before, after, ...trace }) => ({ account, ...trace, ...paidDifference(before, after) }));
    return this.release(
      tx,
      wanted.filter(({ released }) => released.length > 0),
    );
  }

  /** What had been paid of surcharges that are owed no more. */
  async followSurcharges(tx: EntityManager, accounts: readonly string[], trace: Trace): Promise<string[]> {
    const beyond = await surchargesPaidBeyond(tx, accounts);
    await saveSurchargesPaid(
      tx,
      beyond.map((each) => ({ ...each, paid: each.owed })),
    );
    const concerned = [...new Set(beyond.map(({ account }) => account))];
    const wanted = concerned.map((account): Wanted => {
      const mine = beyond.filter((each) => each.account === account);
      const released = mine.map(({ instalment, year, code, owed, paid }) => ({ instalment, year, code, amount: paid.minus(owed) }));
      return { account, ...trace, released, placed: [] };
    });
    return this.release(tx, wanted);
  }

  private async release(tx: EntityManager, wanted: readonly Wanted[]): Promise<string[]> {
    if (wanted.length === 0) return [];
    const { ledger, facts } = this.parts;
    const clock = clockOf(tx, this.parts.clock);
    const payments = await paymentsPlaced(
      tx,
      wanted.map(({ account }) => account),
    );
    const released = wanted.flatMap(({ account, cause, correlation, ...parts }) =>
      releaseOf(
        payments.filter((payment) => payment.account === account),
        parts,
      ).map((each) => ({ ...each, trace: { cause, correlation } })),
    );
    const moves = released.flatMap(movesOf);
    const booked = await ledger.post(
      tx,
      moves.map((move) => bookingOf(move, clock)),
    );
    await savePayments(
      tx,
      released.map(({ after }) => after),
      clock.today(),
    );
    await facts.publish(
      tx,
      moves.map((move) => factOf(move, { booked, clock })),
    );
    const accounts = [...new Set(released.map(({ after }) => after.account))];
    await watchNow(tx, accounts, clock.today());
    return accounts;
  }
}

function movesOf({ before, after, released, placed, trace }: ReleasedPayment & { readonly trace: Trace }): Move[] {
  const first: Move = { payment: { ...after, placings: before.placings + 1 }, kind: 'released', parts: released, trace };
  return placed.length === 0 ? [first] : [first, { payment: after, kind: 'placed', parts: placed, trace }];
}

/** Taken back, a debt stands again and the money is credit; placed, the other way round. */
function bookingOf({ payment, kind, parts }: Move, clock: BusinessClock): Transaction {
  const postings = perDebt(parts).map((part): Posting => {
    const [debt, { amount }] = [owedIn(part), part];
    return kind === 'released' ? { from: chart.credit, to: debt, amount } : { from: debt, to: chart.credit, amount };
  });
  const reason = kind === 'released' ? 'release' : 'credit';
  return { holder: payment.account, key: placingKey(payment, payment.placings), reason, effectiveOn: clock.today(), postings };
}

function factOf({ payment, kind, parts, trace }: Move, { booked, clock }: { booked: readonly Booked[]; clock: BusinessClock }): FactDraft {
  const { account: stream, paymentId } = payment;
  const accountingDay = booked[0]?.accountingDay ?? '';
  return draft({
    ...{ stream, effectiveOn: clock.today().iso, ...trace },
    type: kind === 'released' ? 'collection.allocation-released.v1' : 'collection.credit-allocated.v1',
    data: { paymentId, allocations: allocationTexts(parts), accountingDay },
  });
}
