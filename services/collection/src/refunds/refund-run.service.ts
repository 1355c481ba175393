import type { JobTurn, Logger } from '@isu/chassis';
import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, Iban, nextWorkingDay, plusWorkingDays, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { lockAccounts } from '../accounts/account.table.js';
import type { BankMessages } from '../bank-messages/bank-messages.service.js';
import type { DebtorDetails } from '../debits/debtor-details.js';
import type { BankAccount } from '../sepa/sepa-parties.js';
import { isReadable } from '../sepa/sepa-text.js';
import { accountsToAdvance } from './credit.table.js';
import { writeTransfers, type TransferToWrite } from './refund-message.js';
import { bankDaysToSettle } from './refund-rules.js';
import { someVersion, type RefundsService } from './refunds.service.js';
import { refundSettled, settlementBooking, settlementKey, type Refund, type RefundStep } from './refund.js';
import { lockRefunds, messagesOfDay, refundsExecutedBy, refundsToSend, saveRefunds } from './refund.table.js';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly refunds: Pick<RefundsService, 'advance' | 'known'>;
  readonly details: DebtorDetails;
  readonly bank: Pick<BankMessages, 'keep'>;
  /** From whose account refunds leave; null where nobody has said: they then wait, ordered. */
  readonly debtor: (BankAccount & { readonly name: string }) | null;
  readonly log: Logger;
  readonly atATime?: number;
}

type Turn = Pick<JobTurn, 'correlation' | 'step'>;

/** What due dates to come do not take of a credit is given back the same day. */
const mayBeSent: ReadonlySet<RefundStep> = new Set(['order', 'approval', 'next-instalments']);

/**
 * What is owed to people every day (F56): credit is set, told of or ordered to be refunded, refunds leave for the bank, and those that did not come
 * back are settled. In small transactions; killed anywhere, it goes on, and nothing is done twice: an order, its message and its fact are one transaction.
 */
export class RefundRunService {
  constructor(private readonly parts: Parts) {}

  async runFor(turn: Turn): Promise<{ ordered: number; toApprove: number; sent: number; settled: number }> {
    const { ordered, toApprove } = await this.advanceAll(turn);
    return { ordered, toApprove, sent: await this.sendAll(turn), settled: await this.settleAll(turn) };
  }

  private async advanceAll({ correlation, step }: Turn): Promise<{ ordered: number; toApprove: number }> {
    const { db, refunds, details, atATime = 200 } = this.parts;
    const counts = { ordered: 0, toApprove: 0 };
    for (let after = ''; ;) {
      const accounts = await accountsToAdvance(db.manager, { after, limit: atATime });
      const last = accounts.at(-1);
      if (last === undefined) return counts;
      after = last;
      // Whether there is an IBAN is asked only where it decides, and outside the transaction that decides.
      const everyBank = new Map(accounts.map((account) => [account, someVersion]));
      const asking = (await refunds.known(db.manager, accounts, everyBank)).filter(({ step: next }) => mayBeSent.has(next));
      const found = asking.length === 0 ? new Map() : await details.of(asking.map(({ account }) => account), correlation); // prettier-ignore
      const versions = new Map([...found].map(([account, { version }]) => [account, version as number]));
      const done = await step(async (tx) => ({ checkpoint: {}, ...(await refunds.advance(tx, accounts, { versions, correlation })) }));
      counts.ordered += done.ordered;
      counts.toApprove += done.toApprove;
    }
  }

  /** A message a step. A refund whose bank details are gone, or cannot be written, stays ordered, and is listed once it is overdue. */
  private async sendAll({ correlation, step }: Turn): Promise<number> {
    const { db, details, log, debtor } = this.parts;
    if (debtor === null) return 0;
    const left: string[] = [];
    for (let sent = 0; ;) {
      const waiting = await refundsToSend(db.manager, { after: left, limit: 1_000 });
      if (waiting.length === 0) return sent;
      const found = await details.of([...new Set(waiting.map(({ account }) => account))], correlation);
      const written = waiting.flatMap((refund): TransferToWrite[] => {
        const its = found.get(refund.account);
        return its && isReadable(its.name) ? [{ refund, version: its.version, creditor: { name: its.name, iban: Iban.of(its.iban) } }] : [];
      });
      left.push(...waiting.filter(({ id }) => !written.some(({ refund }) => refund.id === id)).map(({ id }) => id));
      if (left.length > 0) log.warn({ correlation }, 'refunds are ordered to people whose bank account is not known');
      if (written.length === 0) continue;
      const { count } = await step(async (tx) => ({ checkpoint: {}, count: await this.send(tx, written, debtor) }));
      sent += count;
    }
  }

  private async send(
    tx: EntityManager,
    written: readonly TransferToWrite[],
    debtor: BankAccount & { readonly name: string },
  ): Promise<number> {
    const { clock, bank } = this.parts;
    const still = new Set((await lockRefunds(tx, written.map(({ refund }) => refund.id), 'ordered')).map(({ id }) => id)); // prettier-ignore
    const today = clockOf(tx, clock).today();
    const going = written.filter(({ refund }) => still.has(refund.id));
    if (going.length === 0) return 0;
    const executeOn = nextWorkingDay(today);
    const messageId = `REMB-${today.iso.replaceAll('-', '')}-${String((await messagesOfDay(tx, today)) + 1)}`;
    const { content, count, total, partOf } = await writeTransfers(going, {
      messageId,
      executeOn,
      debtor,
      createdAt: clockOf(tx, clock).recordedAt().slice(0, 19),
    });
    await bank.keep(tx, { messageId, dueOn: executeOn, count, total }, content);
    await saveRefunds(
      tx,
      going.map(({ refund, version }): Refund => ({ ...refund, state: 'sent', bankVersion: version, messageId, partId: partOf.get(refund.id) ?? null, sentOn: today, executeOn })), // prettier-ignore
    );
    return count;
  }

  private async settleAll({ correlation, step }: Turn): Promise<number> {
    const { db, clock, atATime = 200 } = this.parts;
    const today = clock.today();
    const executedBy = plusWorkingDays(today, -bankDaysToSettle(today));
    for (let settled = 0; ;) {
      const executed = await refundsExecutedBy(db.manager, executedBy, atATime);
      if (executed.length === 0) return settled;
      const { count } = await step(async (tx) => ({ checkpoint: {}, count: await this.settle(tx, executed, correlation) }));
      settled += count;
    }
  }

  private async settle(tx: EntityManager, executed: readonly Refund[], correlation: string): Promise<number> {
    const { ledger, facts, clock } = this.parts;
    await lockAccounts(tx, executed.map(({ account }) => account)); // prettier-ignore
    const today = clockOf(tx, clock).today();
    const refunds = await lockRefunds(tx, executed.map(({ id }) => id), 'sent'); // prettier-ignore
    if (refunds.length === 0) return 0;
    const booked = await ledger.post(tx, refunds.map((refund) => settlementBooking(refund, today))); // prettier-ignore
    const dayOf = new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
    await saveRefunds(tx, refunds.map((refund) => ({ ...refund, state: 'settled', settledOn: today }))); // prettier-ignore
    await facts.publish(tx, refunds.map((refund) => refundSettled(refund, { today, accountingDay: dayOf.get(settlementKey(refund)) ?? '', correlation }))); // prettier-ignore
    return refunds.length;
  }
}
