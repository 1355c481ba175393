import type { Logger } from '@isu/chassis';
import type { Ledger } from '@isu/ledger';
import { together, type FactStore } from '@isu/messaging';
import { clockOf, Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { settleDebits } from '../returns/returned-debit.table.js';
import { choicesOf } from '../online-payments/online-payment.table.js';
import type { Instalment } from '../schedules/schedule.js';
import { watchNow } from '../surcharges/watch.table.js';
import { saveDebtsPaid, unpaidDebts } from './debts.js';
import { bookingOf, incomingFrom, paymentKey, paymentPosted, placeInOrder, type Incoming, type Posted, type Report } from './payment.js';
import { insertPayments, paymentsKnown, type DebtsWanted } from './payment.table.js';
import type { ReversalsService } from './reversals.service.js';

interface Parts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly reversals: ReversalsService;
  readonly log: Logger;
}

/** Money that partners report. The busiest road of the system: a fixed number of statements for a run of facts, whatever its length. */
export class PaymentsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Places the money and says so. Once per report and once per reference of the partner; two payments of the same amount and day
   * are two payments. An account that is not open yet is left: its opening takes the report up. Gives the accounts that are.
   */
  async post(tx: EntityManager, reports: readonly Report[]): Promise<Map<string, Account>> {
    const accounts = await lockAccounts(
      tx,
      reports.map(({ subject }) => subject),
    );
    const fresh = await this.notPostedYet(
      tx,
      reports.filter(({ subject }) => accounts.has(subject)),
    );
    await this.place(tx, fresh);
    return accounts;
  }

  /** Places money that is not posted yet on accounts that the caller has locked. */
  async place(tx: EntityManager, incoming: readonly Incoming[]): Promise<void> {
    if (incoming.length === 0) return;
    const { facts, ledger, clock, reversals } = this.parts;
    const byAccount = groupedByAccount(incoming);
    const unpaid = await unpaidDebts(tx, [...byAccount].map(debtsWanted));
    const placed = [...byAccount].map(([account, mine]) => ({ account, ...placeInOrder(mine, unpaid.get(account) ?? []) }));
    const posted = placed.flatMap((each) => each.posted);

    const booked = await ledger.post(
      tx,
      posted.map(({ payment }) => bookingOf(payment)),
    );
    const dayOf = new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
    const accountingDay = ({ payment }: Posted): string => dayOf.get(paymentKey(payment)) ?? '';
    const late = placed.filter(isLate).map(({ account }) => account);
    const [, , , , awaited] = await together(
      insertPayments(tx, posted.map((each) => ({ ...each.payment, accountingDay: accountingDay(each) }))), // prettier-ignore
      saveDebtsPaid(tx, placed.flatMap(paidNow)),
      settleDebits(tx, posted.flatMap(debitPaid)),
      watchNow(tx, late, clockOf(tx, clock).today()),
      reversals.awaitedBy(tx, posted.map(({ payment }) => payment)), // prettier-ignore
      facts.publish(tx, posted.map((each) => paymentPosted(each, accountingDay(each)))), // prettier-ignore
    );
    await reversals.undoAwaited(tx, awaited);
  }

  private async notPostedYet(tx: EntityManager, reports: readonly Report[]): Promise<Incoming[]> {
    if (reports.length === 0) return [];
    const chosen = await choicesOf(tx, reports);
    const all = reports.map((report) => incomingFrom(report, chosen));
    const known = await paymentsKnown(
      tx,
      all.map(({ received }) => received),
    );
    const seen = new Set(known.flatMap(({ paymentId, partner, reference }) => [paymentId, `${partner}\n${reference}`]));
    return all.flatMap((incoming) => {
      const { correlation, received } = incoming;
      const { paymentId, partner, reference } = received;
      const isKnown = seen.has(paymentId) || seen.has(`${partner}\n${reference}`);
      seen.add(paymentId).add(`${partner}\n${reference}`);
      if (isKnown) this.parts.log.warn({ factId: paymentId, correlation }, 'a payment was reported again; it counts once');
      return isKnown ? [] : [incoming];
    });
  }
}

function groupedByAccount(all: readonly Incoming[]): Map<string, Incoming[]> {
  const groups = new Map<string, Incoming[]>();
  for (const incoming of all) {
    const { account } = incoming.received;
    const group = groups.get(account);
    if (group) group.push(incoming);
    else groups.set(account, [incoming]);
  }
  return groups;
}

function debtsWanted([account, all]: [string, readonly Incoming[]]): DebtsWanted {
  const dueBy = all.map(({ received }) => received.valueOn).reduce((a, b) => Day.max(a, b));
  return { account, dueBy, named: all.flatMap(({ meantFor }) => meantFor) };
}

/** Something was received after its due date, by the value date: the surcharges of the account are looked at. */
function isLate({ posted, touched }: { posted: readonly Posted[]; touched: readonly Instalment[] }): boolean {
  const dueOf = new Map(touched.map(({ id, dueOn }) => [id, dueOn]));
  return posted.some(({ payment: { valueOn, allocations } }) =>
    allocations.some(({ instalment }) => dueOf.get(instalment)?.isBefore(valueOn) ?? false),
  );
}

/** What the money of a debit names: the due date that the debit asked for. */
function debitPaid({ incoming: { meantFor }, payment: { account, amount, paymentId, valueOn, means } }: Posted) {
  const [instalment] = means === 'direct-debit' ? meantFor : [];
  return instalment === undefined ? [] : [{ account, instalment, amount, paymentId, valueOn }];
}

const paidNow = ({ account, touched }: { account: string; touched: readonly Instalment[] }) =>
  touched.map((instalment) => ({ account, instalment }));
