import { heldByNobody, type Held } from '@isu/chassis';
import { draft } from '@isu/contracts';
import { accounts as chart, type Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { lockAccounts } from '../accounts/account.table.js';
import { placeOldestFirst, type PlacedPart } from '../payments/allocation.js';
import { allocationTexts, byDebt, openLinesOf, owedIn, placingKey, withPaid, type Payment } from '../payments/payment.js';
import { saveDebtsPaid, unpaidDebts } from '../payments/debts.js';
import { accountsWithCreditToPlace, paymentsWithCredit, savePayments } from '../payments/payment.table.js';
import { withParts } from '../payments/release.js';
import type { Instalment } from '../schedules/schedule.js';

const accountsAtATime = 200;

interface Placing {
  readonly payment: Payment;
  readonly parts: readonly PlacedPart[];
}

/** Credit waits on the account until a debt falls due: it is placed then, visibly, as an act of its own. */
export class CreditsService {
  constructor(
    private readonly parts: { readonly db: DataSource; readonly facts: FactStore; readonly ledger: Ledger; readonly clock: BusinessClock },
  ) {}

  /** Places every credit on what has fallen due, some accounts at a time, each time in a transaction; interrupted, it is simply asked again. */
  async placeAll(dueBy: Day, held: Held = heldByNobody): Promise<void> {
    let after = '';
    for (;;) {
      const accounts = await this.parts.db.transaction(async (tx) => {
        await held(tx);
        const next = await accountsWithCreditToPlace(tx, { after, dueBy, limit: accountsAtATime });
        await this.place(tx, next, dueBy);
        return next;
      });
      const last = accounts.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** Places the credit of these accounts on what has fallen due by a day, and on the due dates named, whenever they are due. */
  async place(
    tx: EntityManager,
    accounts: readonly string[],
    dueBy: Day,
    named: ReadonlyMap<string, readonly string[]> = new Map(),
  ): Promise<void> {
    if (accounts.length === 0) return;
    const { ledger, facts, clock } = this.parts;
    await lockAccounts(tx, accounts);
    const payments = await paymentsWithCredit(tx, accounts);
    const due = await unpaidDebts(
      tx,
      accounts.map((account) => ({ account, dueBy, named: named.get(account) ?? [] })),
    );
    const placed = accounts.map((account) => ({
      account,
      ...placeCredits(
        payments.filter((one) => one.account === account),
        due.get(account) ?? [],
      ),
    }));
    const placings = placed.flatMap((each) => each.placings);
    const booked = await ledger.post(
      tx,
      placings.map(({ payment, parts }) => ({
        ...{
          holder: payment.account,
          key: placingKey(payment, payment.placings),
          reason: 'credit',
          effectiveOn: clockOf(tx, clock).today(),
        },
        postings: byDebt(parts.map((part) => ({ from: owedIn(part), to: chart.credit, amount: part.amount }))),
      })),
    );
    await savePayments(
      tx,
      placings.map(({ payment }) => payment),
      clockOf(tx, clock).today(),
    );
    await saveDebtsPaid(
      tx,
      placed.flatMap(({ account, touched }) => touched.map((instalment) => ({ account, instalment }))),
    );
    const accountingDay = booked[0]?.accountingDay ?? '';
    await facts.publish(
      tx,
      placings.map(({ payment: { account, paymentId }, parts }) =>
        draft({
          ...{ stream: account, type: 'collection.credit-allocated.v1', effectiveOn: clockOf(tx, clock).today().iso },
          data: { paymentId, allocations: allocationTexts(parts), accountingDay },
        }),
      ),
    );
  }
}

/** The oldest money pays first, the oldest debt first. */
export function placeCredits(payments: readonly Payment[], due: readonly Instalment[]): { placings: Placing[]; touched: Instalment[] } {
  const standing = new Map(due.map((instalment) => [instalment.id, instalment]));
  const touched = new Set<string>();
  const placings = freeCredits(payments).flatMap(({ payment, free }): Placing[] => {
    const { parts, credit: unplaced } = placeOldestFirst(free, openLinesOf(standing.values()));
    const credit = payment.credit.minus(free).plus(unplaced);
    for (const { instalment: id } of parts) touched.add(id);
    for (const [id, instalment] of standing) standing.set(id, withPaid(instalment, parts, 1));
    if (parts.length === 0) return [];
    return [
      { parts, payment: { ...payment, allocations: withParts(payment.allocations, [], parts), credit, placings: payment.placings + 1 } },
    ];
  });
  return { placings, touched: [...standing.values()].filter(({ id }) => touched.has(id)) };
}

/** What may be placed or given back of each payment: all of its credit, but for what the account owes back of refunds, the oldest money first. */
export function freeCredits(payments: readonly Payment[]): { payment: Payment; free: Money }[] {
  let owedBack = Money.sum(payments.filter(({ credit }) => credit.isNegative).map(({ credit }) => credit)).negated();
  return payments
    .filter(({ credit }) => credit.isPositive)
    .map((payment) => {
      const covers = Money.min(owedBack, payment.credit);
      owedBack = owedBack.minus(covers);
      return { payment, free: payment.credit.minus(covers) };
    });
}
